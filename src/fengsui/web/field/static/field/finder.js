// Find a premises by its name; what is not yet in the register is entered on the spot.
import { get } from "./api.js";
import { given, h, icon, link, show } from "./dom.js";
import { pageOf } from "./records.js";
import { stateTag } from "./summary.js";
import { _ } from "./words.js";

const PAUSE = 250;
const FOUND = 30;
let timer;

const row = (found) =>
  h("li", { class: "task" }, h("a", { class: "task-link", href: pageOf("premises", found.id) },
    h("span", { class: "task-title" }, found.name), h("span", { class: "note" }, found.address), stateTag(found), icon("chevron-right")));

async function look(name, list) {
  const { items } = await get(`/api/v1/premises?limit=${FOUND}&q=${encodeURIComponent(name)}`);
  const rows = items.length
    ? h("ul", { class: "panel" }, items.map(row))
    : h("div", { class: "empty panel" }, icon("building", "xl"), h("p", { class: "empty-title" }, name ? _("没有找到“{name}”", { name }) : _("辖区内还没有登记场所")));
  list.replaceChildren(rows);
}

export async function open() {
  const list = h("div", { role: "status" });
  const box = h("input", { class: "input", type: "search", id: "find", autocomplete: "off", placeholder: _("单位名称里的几个字"), input: (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => look(event.target.value.trim(), list), PAUSE);
  } });
  show({
    body: [h("div", { class: "field" }, h("label", { class: "label", for: "find" }, _("按名称找")), box), list],
    foot: given.registers === "True" && h("nav", { class: "stepper is-one", "aria-label": _("登记") }, link("/field/premises/new", _("登记新场所"), "main", "plus")),
  });
  await look("", list);
}
