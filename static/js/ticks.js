// Says how many schools of the list are ticked, and ticks the whole page or none of it
// without a reload. Without script the same link reloads the page, and the bar below
// the list shows its button all the same.
const boxes = [...document.querySelectorAll('input[form="tick"]')];
const said = document.querySelector("[data-ticked]");
const link = document.querySelector("[data-tick-page]");

function tell() {
  const count = boxes.filter((box) => box.checked).length;
  const words = count
    ? `${count} school${count === 1 ? "" : "s"} ticked on this page`
    : "No school ticked on this page";
  // A status that is written again is read again, so only what is new is written.
  if (said.textContent !== words) said.textContent = words;
  link.textContent = count < boxes.length ? "Tick all on this page" : "Untick this page";
}

if (said && link && boxes.length) {
  document.addEventListener("change", (event) => {
    if (boxes.includes(event.target)) tell();
  });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const isTicked = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = isTicked;
    tell();
  });
  // A browser that comes back to the page ticks again what was ticked, and says nothing.
  addEventListener("pageshow", tell);
}
