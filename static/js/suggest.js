// Suggests schools while a search is typed: a combobox with a list of ways to go.
// Without it the same field searches the list as before.
const field = document.querySelector("[data-suggest]");
if (field) {
  const list = document.createElement("ul");
  const said = document.createElement("p");
  let last = 0;
  let waiting;

  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Schools");
  list.hidden = true;
  said.className = "unseen";
  said.setAttribute("role", "status");
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  })) {
    field.setAttribute(name, value);
  }
  field.parentElement.classList.add("suggesting");
  field.after(list, said);

  const options = () => [...list.children];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }

  function show(schools) {
    list.replaceChildren(
      ...schools.map((school, number) => {
        const option = document.createElement("li");
        const place = document.createElement("small");
        option.id = `suggestion-${number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        // A field may ask about a school instead of opening its page.
        option.dataset.url = field.dataset.suggestTo
          ? field.dataset.suggestTo + school.urn
          : school.url;
        option.append(school.name, " ", place);
        place.textContent = [
          school.place,
          `URN ${school.urn}`,
          school.is_closed ? "closed" : "",
        ].filter(Boolean).join(", ");
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          location.assign(option.dataset.url);
        });
        return option;
      }),
    );
    list.hidden = !schools.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
    said.textContent = schools.length
      ? `${schools.length} suggestions. Use the down arrow to reach them.`
      : "No suggestions.";
  }

  async function ask() {
    const words = field.value.trim();
    const mine = ++last;
    if (words.length < 2) return close();
    try {
      const answer = await fetch(`/schools/suggest/?q=${encodeURIComponent(words)}`);
      const found = answer.ok ? (await answer.json()).schools : [];
      // An answer that comes late, or after the field was left, is not shown.
      if (mine === last && document.activeElement === field) show(found);
    } catch {
      close();
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && all.length) {
      event.preventDefault();
      if (list.hidden) ask();
      else choose(all[(at + 1) % all.length]);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      choose(at > 0 ? all[at - 1] : all.at(-1));
    } else if (event.key === "Enter" && !list.hidden && chosen()) {
      event.preventDefault();
      location.assign(chosen().dataset.url);
    }
  });
}
