// Asks how far the work has got, and goes to what comes next once it is done. Without
// script the page refreshes itself.
const box = document.querySelector("[data-poll]");

async function look() {
  try {
    const answer = await fetch(box.dataset.poll);
    if (!answer.ok || answer.redirected) return location.reload();
    const part = await answer.text();
    if (part !== box.innerHTML) box.innerHTML = part;
    if (box.querySelector("[data-finished]")) return location.reload();
  } catch {
    // The network may be away for a moment: ask again.
  }
  setTimeout(look, 700);
}

if (box) setTimeout(look, 300);
