// One large control per kind of question. Each gives {node, value, set}; an unanswered one has undefined.
import { h, icon } from "./dom.js";
import { _, typeable, typed } from "./words.js";

const described = (field) => ({ "aria-describedby": `${field.id}-note`, "aria-required": field.required ? "true" : undefined });

function chips(field) {
  const type = field.multiple ? "checkbox" : "radio";
  const boxes = field.choices.map((choice, n) =>
    h("input", { type, id: n ? `${field.id}-${n}` : field.id, name: field.name, value: choice.value, disabled: choice.disabled }));
  const chip = (choice, n) =>
    h("label", { class: "chip" }, boxes[n], h("span", { class: "chip-face" }, icon("check", "s"),
      h("span", {}, choice.title, choice.note && h("small", {}, choice.note))));
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const several = () => (chosen().length ? chosen() : undefined);
  return {
    node: h("div", { class: "chips" }, field.choices.map(chip)),
    value: () => (field.multiple ? several() : field.type === "boolean" ? { true: true, false: false }[chosen()[0]] : chosen()[0]),
    set: (value) => boxes.forEach((box) => (box.checked = [value].flat().includes(box.value))),
  };
}

// Many answers: a box that narrows the list stands above it.
function select(field) {
  const list = h("select", { class: "input", id: field.id, name: field.name, ...described(field) });
  const fill = (part) => {
    const kept = list.value;
    const fitting = field.choices.filter((choice) => choice.value === kept || `${choice.title}${choice.note ?? ""}`.includes(part));
    list.replaceChildren(h("option", { value: "" }, _("请选择")),
      ...fitting.map((choice) => h("option", { value: choice.value }, choice.note ? `${choice.title}（${choice.note}）` : choice.title)));
    list.value = kept;
    if (part && !kept && fitting.length === 1) list.value = fitting[0].value;
  };
  const narrow = h("input", { class: "input", type: "search", placeholder: _("输入几个字筛选"), autocomplete: "off",
    "aria-label": _("筛选：{what}", { what: field.label }), input: (event) => { fill(event.target.value.trim()); event.stopPropagation(); } });
  fill("");
  return {
    node: h("div", { class: "narrowed" }, field.choices.length > 12 && narrow, list),
    value: () => list.value || undefined,
    set: (value) => (list.value = value),
  };
}

function check(field) {
  const box = h("input", { type: "checkbox", id: field.id, name: field.name, ...described(field) });
  return {
    node: h("label", { class: "chip is-wide" }, box, h("span", { class: "chip-face" }, icon("check", "s"), field.label)),
    value: () => box.checked,
    set: (value) => (box.checked = value === true || value === "true"),
  };
}

const READ = { number: Number, "datetime-local": typed };

function input(field) {
  const attributes = { class: "input", id: field.id, name: field.name, maxlength: field.maxLength, ...described(field) };
  const number = field.kind === "number" && { inputmode: field.type === "integer" ? "numeric" : "decimal", step: field.type === "integer" ? 1 : "any" };
  const box = field.kind === "textarea"
    ? h("textarea", { ...attributes, rows: 3 })
    : h("input", { ...attributes, type: field.kind, ...number, autocomplete: "off" });
  const read = READ[field.kind] ?? ((text) => text.trim());
  return {
    node: box,
    value: () => (box.value.trim() === "" ? undefined : read(box.value)),
    set: (value) => (box.value = field.kind === "datetime-local" ? typeable(value) : value),
  };
}

const KINDS = { chips, select, check };

export const control = (field) => (KINDS[field.kind] ?? input)(field);
