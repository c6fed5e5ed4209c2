// Small comforts; every page works without them.

// A form that came back with errors: take the reader to the list of them.
document.querySelector(".error-summary")?.focus();

// An open menu closes on Escape and on a click elsewhere.
for (const menu of document.querySelectorAll(".account, .more")) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}
