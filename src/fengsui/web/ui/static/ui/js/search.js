// "/" leads to the search box, unless somebody is typing; arrows move through what it found.
const box = document.querySelector("[data-search]");
const found = document.querySelector("[data-found]");
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && box) {
    event.preventDefault();
    box.focus();
  }
});
box?.form.addEventListener("keydown", (event) => {
  const lines = [...found.querySelectorAll("a")];
  const at = lines.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    found.replaceChildren();
    box.focus();
  }
  if (!step || !lines.length) return;
  event.preventDefault();
  (at + step < 0 ? box : lines[Math.min(at + step, lines.length - 1)]).focus();
});
