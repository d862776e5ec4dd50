// What I must do: overdue first, then today, then the rest; each with one tap to the deed.
import { get } from "./api.js";
import { given, h, icon, link, show } from "./dom.js";
import { formOf, pageOf } from "./records.js";
import { _, moment, weakness } from "./words.js";

// Where a task is done at once; what must be read before it is decided opens its record.
const DEEDS = {
  order: "hazard.order_rectification",
  serve: "hazard.serve_order",
  reinspect: "inspection.start_reinspection",
  reinspect_early: "inspection.start_reinspection",
  extension: "hazard.grant_extension",
  overdue: "hazard.instruct",
};

const addressOf = (task) =>
  DEEDS[task.kind] ? formOf(DEEDS[task.kind], task.about_id) : pageOf(task.about_type, task.about_id) || given.desk;

function due(task) {
  const tone = task.late ? "is-late" : task.today ? "is-today" : "";
  const drawing = task.late ? "alert-triangle" : task.today ? "clock-hour-4" : "calendar";
  return h("span", { class: `due ${tone}` }, icon(drawing), h("span", {}, task.words),
    task.provisional && h("span", { class: "provisional" }, _("暂定")), h("time", { datetime: task.due_at }, moment(task.due_at)));
}

const row = (task) =>
  h("li", { class: "task" },
    h("a", { class: "task-link", href: addressOf(task) },
      h("span", { class: "task-title" }, task.title), h("span", { class: "task-subject" }, task.subject), due(task),
      task.note && h("span", { class: "note" }, task.note), h("span", { class: "note" }, task.citation, weakness(task.tag)), icon("chevron-right")));

const group = (title, tasks, late = false) =>
  tasks.length > 0 && h("section", { class: `tasks${late ? " is-late" : ""}` },
    h("h2", {}, title, " ", h("span", { class: "note" }, _("{n} 件", { n: tasks.length }))), h("ul", { class: "panel" }, tasks.map(row)));

const nothing = (text, note) =>
  h("div", { class: "empty panel" }, icon("circle-check", "xl"), h("p", { class: "empty-title" }, text), note && h("p", {}, note));

export async function open() {
  const { items } = await get("/api/v1/tasks");
  const late = items.filter((task) => task.late);
  const today = items.filter((task) => !task.late && task.today);
  const later = items.filter((task) => !task.late && !task.today);
  const idle = !late.length && !today.length && nothing(_("今天没有待办"), later.length ? _("后面还有 {n} 件。", { n: later.length }) : "");
  show({
    body: [idle, group(_("已逾期"), late, true), group(_("今天到期"), today), group(_("以后"), later)],
    foot: given.kind === "premises_manager" ? "" : h("nav", { class: "stepper is-one", "aria-label": _("常用") }, link("/field/premises/", _("找单位"), "plain", "search")),
  });
}
