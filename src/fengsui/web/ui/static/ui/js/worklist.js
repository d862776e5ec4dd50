// J and K move through the rows of a list, Enter opens what the row is for.
const rows = () => [...document.querySelectorAll("table[data-keys] tr[data-row]")];
function move(step) {
  const all = rows();
  const at = all.findIndex((row) => row.classList.contains("is-current"));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!next) return;
  all.forEach((row) => row.classList.remove("is-current"));
  next.classList.add("is-current");
  next.scrollIntoView({ block: "nearest" });
}
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, button, a, summary")) return;
  if (event.key === "j") move(1);
  if (event.key === "k") move(-1);
  if (event.key === "Enter") {
    const row = rows().find((each) => each.classList.contains("is-current"));
    row?.querySelector(".has-action a, .has-action button, a")?.click();
  }
});
