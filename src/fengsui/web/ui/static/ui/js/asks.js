// Questions that another answer raises stay out of sight while they are empty. Without scripts all are shown.
const asked = (option) => (option?.dataset.asks ?? "").split(" ").filter(Boolean);
const filled = (field) => [...field.querySelectorAll("input, select, textarea")].some((one) => (one.type === "radio" || one.type === "checkbox" ? one.checked : one.value));

for (const list of document.querySelectorAll("select[data-asking]")) {
  const form = list.form;
  const all = new Set([...list.options].flatMap(asked));
  const fit = () => {
    const now = new Set(asked(list.selectedOptions[0]));
    for (const name of all) {
      const field = form.querySelector(`[data-field="${name}"]`);
      if (field) field.hidden = !now.has(name) && !filled(field) && !field.classList.contains("has-error");
    }
  };
  list.addEventListener("change", fit);
  fit();
}
