// The form of any action, drawn from its schema and the choices that the API offers now.
import { control } from "./controls.js";
import { h, icon } from "./dom.js";
import * as drafts from "./drafts.js";
import { photos } from "./photos.js";
import { position } from "./position.js";
import { isAsked, kindOf, lacking, mustBeSaid, properties, YES_NO } from "./schema.js";
import { _ } from "./words.js";

const PLACE = ["latitude", "longitude"];

// {node, read, check, fail, clear} of a form. `described` is the API's answer at `form_href`; `starts`
// goes before the draft's absence, after it; fields in `hidden` are answered by the page itself.
export function form(described, { draft, starts = {}, hidden = [] }) {
  const asked = properties(described.schema);
  const required = new Set(described.schema.required ?? []);
  const first = { ...described.starts, ...drafts.read(draft), ...starts };
  const fields = Object.entries(asked)
    .filter(([name, one]) => !hidden.includes(name) && one.type !== "object")
    .map(([name, one]) => field(name, one, described.choices?.[name], required.has(name), first[name]));
  const general = h("div", { class: "form-general", tabindex: "-1" });
  const located = PLACE.every((name) => fields.some((one) => one.name === name));
  const node = h("div", { class: "form" }, general,
    fields.flatMap((one) => [one["x-section"] && h("h2", { class: "form-title" }, one["x-section"]), one.node,
      located && one.name === PLACE.at(-1) && locate(fields)]));
  const byName = Object.fromEntries(fields.map((one) => [one.name, one]));
  const asking = () => fields.filter((one) => isAsked(one.name, byName));
  const read = () => Object.fromEntries(asking().map((one) => [one.name, one.value()]).filter(([, value]) => value !== undefined));
  const keep = () => drafts.keep(draft, read(), asked);
  const fit = () => fields.forEach((one) => (one.node.hidden = !isAsked(one.name, byName) || (located && PLACE.includes(one.name))));
  fit();
  node.addEventListener("change", fit);
  node.addEventListener("input", keep);
  node.addEventListener("change", keep);

  // Say what is wrong beside each field; what belongs to none stands above all.
  function fail(sentences, whole = "") {
    fields.forEach((one) => one.say(sentences[one.name] ?? ""));
    const others = Object.entries(sentences).filter(([name]) => !byName[name]).map(([, sentence]) => sentence);
    const above = [whole, ...others].filter(Boolean);
    general.replaceChildren(...above.map((sentence) => h("p", { class: "notice is-error", role: "alert" }, icon("alert-circle"), h("span", {}, sentence))));
    const wrong = fields.find((one) => sentences[one.name]);
    if (above.length) general.focus();
    else wrong?.focus();
  }

  function check() {
    const wrong = asking().map((one) => [one.name, lacking(one, one.required, one.value())]).filter(([, sentence]) => sentence);
    fail(Object.fromEntries(wrong));
    return wrong.length === 0;
  }

  const files = () => Object.fromEntries(fields.filter((one) => one.files).map((one) => [one.name, one.files()]));
  const personal = () => fields.some((one) => one["x-personal"] && one.value() !== undefined);
  return { node, read, files, check, fail, personal, fields: byName, keep, done: () => drafts.drop(draft) };
}

function field(name, asked, offered, required, value) {
  const choices = mustBeSaid(asked, required) ? YES_NO : offered;
  const id = `field-${name}`;
  const kind = kindOf(asked, choices);
  const described = { ...asked, name, id, kind, choices, required, label: asked.title ?? name, multiple: kind === "chips" && asked.type === "array" };
  const made = kind === "photos" ? photos(described) : control(described);
  const note = h("p", { class: "error", id: `${id}-note` });
  const start = value ?? asked.default ?? (required && choices?.length === 1 ? choices[0].value : undefined);
  if (start !== undefined && start !== null) made.set(described.multiple ? start.map(String) : choices ? String(start) : start);
  const title = [described.label, required && h("span", { class: "required" }, _("必填"))];
  const grouped = kind === "chips" || kind === "photos";
  const label = kind === "check" ? "" : grouped ? h("legend", { class: "label" }, title) : h("label", { class: "label", for: id }, title);
  const node = h(grouped ? "fieldset" : "div", { class: "field", "aria-describedby": grouped ? note.id : undefined }, label, made.node, note);
  const say = (sentence) => {
    note.replaceChildren(...(sentence ? [icon("alert-circle", "s"), ` ${sentence}`] : []));
    node.classList.toggle("has-error", Boolean(sentence));
  };
  return { ...described, ...made, node, say, focus: () => document.getElementById(id)?.focus() };
}

// Latitude and longitude are one question on a phone: here.
function locate(fields) {
  const [latitude, longitude] = PLACE.map((name) => fields.find((one) => one.name === name));
  const words = h("span", {}, latitude.value() === undefined ? _("取当前位置") : _("已取位置，重新取"));
  const take = async () => {
    const found = await position();
    for (const one of [latitude, longitude]) if (found[one.name] !== undefined) one.set(found[one.name]);
    words.textContent = found.latitude ? _("已取位置：{a}，{b}", { a: found.latitude, b: found.longitude }) : _("没有取到位置，可以不填");
  };
  return h("button", { class: "button is-line", type: "button", click: take }, icon("map-pin"), words);
}
