// The head of a record: its name, its state, and what one must know of it.
import { h, icon } from "./dom.js";
import { _ } from "./words.js";

const TONES = { overdue: "bad", closed: "done", confirmed: "done", reported: "warn", unvisited: "warn", cancelled: "plain" };
const DRAWINGS = { plain: "", active: "circle-half-2", done: "check", warn: "alert-triangle", bad: "alert-octagon" };

export function stateTag(record) {
  const tone = TONES[record.state] ?? "active";
  return h("span", { class: `tag is-${tone}` }, DRAWINGS[tone] && icon(DRAWINGS[tone], "s"), record.state_title);
}

export const summary = (record, ...more) =>
  h("div", { class: "card-head" },
    h("h2", {}, nameOf(record)), stateTag(record), h("p", { class: "note" }, lineOf(record)), more);

const nameOf = (record) => record.premises?.label ?? record.name ?? record.label;

function lineOf(record) {
  const due = record.due_on && _("改正期限 {day}", { day: record.due_on });
  const asks = record.extension === "asked" && _("申请延期 {n} 日", { n: record.extension_days });
  return [record.premises ? record.title : "", record.number, record.address, due, asks].filter(Boolean).join("·");
}

const EXTENSIONS = { asked: _("已申请，待审批"), granted: _("已批准"), refused: _("未批准") };

// What a premises asked for and why: read before it is decided.
export const extension = (record) =>
  record.extension && `${EXTENSIONS[record.extension]}：${_("{n} 日；{why}", { n: record.extension_days, why: record.extension_reason })}`;

// Facts as a list of question and answer; empty ones are left out.
export const facts = (pairs) =>
  h("dl", { class: "field-facts" }, pairs.filter(([, value]) => value || value === 0).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
