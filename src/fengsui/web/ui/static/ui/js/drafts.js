// What was typed into a form with data-draft outlives a lost page; personal fields are never stored.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `draft:${form.dataset.draft}`;
  const kept = (element) => element.name && element.type !== "hidden" && element.type !== "file" && element.type !== "password" && !element.hasAttribute("data-personal");
  const stored = JSON.parse(localStorage.getItem(key) || "{}");
  for (const element of form.elements) {
    if (!kept(element) || !(element.name in stored)) continue;
    if (element.type === "radio" || element.type === "checkbox") element.checked = stored[element.name].includes(element.value);
    else if (!element.value) element.value = stored[element.name][0] ?? "";
  }
  form.addEventListener("input", () => {
    const values = {};
    for (const element of form.elements) {
      if (!kept(element)) continue;
      if ((element.type === "radio" || element.type === "checkbox") && !element.checked) continue;
      (values[element.name] ??= []).push(element.value);
    }
    localStorage.setItem(key, JSON.stringify(values));
  });
}
for (const done of document.querySelectorAll("[data-draft-done]")) localStorage.removeItem(`draft:${done.dataset.draftDone}`);
