// The whole visit on one screen: how far it is, what was found, what can be done.
import { h, icon } from "./dom.js";
import { formOf, pageOf, typeOf } from "./records.js";
import { facts, stateTag } from "./summary.js";
import { _, lawUrl, moment } from "./words.js";

export const RESULTS = { pass: _("合格"), fail: _("不合格"), not_applicable: _("不涉及") };
export const DRAWINGS = { pass: "check", fail: "x", not_applicable: "minus" };
const MARKS = { pass: "done", fail: "bad", not_applicable: "plain" };

export const progress = (done, total) =>
  h("div", { class: "field-progress" },
    h("progress", { value: done, max: total, "aria-label": _("已查 {n} 项，共 {total} 项", { n: done, total }) }),
    h("b", {}, `${done} / ${total}`));

// The card of a visit, also above each of its questions.
export function card({ record, answers }) {
  const counted = record.checklist.length > 0 && record.arrived_at;
  return h("div", { class: "card-head" },
    h("h2", {}, record.premises.label), record.place?.class_title && h("span", { class: "tag" }, record.place.class_title), stateTag(record),
    h("p", { class: "note" }, `${record.kind_title}·${record.officers.join("、")}`),
    counted && progress(record.checklist.filter((item) => answers[item.code]).length, record.checklist.length));
}

const item = (asked, result, open) => {
  const said = h("span", { class: `tag is-${MARKS[result] ?? "plain"}` }, result && icon(DRAWINGS[result], "s"), RESULTS[result] ?? _("未填"));
  const words = h("span", { class: "task-title" }, asked.title);
  return h("li", { class: "item" }, open ? h("a", { class: "item-link", href: `#${asked.code}` }, words, said) : h("div", { class: "item-link" }, words, said));
};

export const finding = (found, withdraw = "") =>
  h("li", { class: "found" },
    h("p", { class: "task-title" }, `${found.place}：${found.text}`),
    h("p", { class: "note" }, [found.disposal_title, found.corrected, found.term_days && _("{n} 日", { n: found.term_days })].filter(Boolean).join("·"),
      found.waiting && h("span", { class: "waiting" }, icon("cloud-off", "s"), _("待发送"))),
    found.basis && h("p", { class: "asked-basis" }, found.basis.split("、").map((cite) => h("a", { href: lawUrl(cite) }, icon("book-2", "s"), cite))),
    withdraw && !found.waiting && h("a", { href: `${withdraw}?finding=${found.id}` }, _("撤回这个问题")));

export function panel(title, ...inner) {
  return h("section", { class: "field-panel" }, h("h2", {}, title), inner);
}

// What else may be done here, beside the one main thing at the thumb.
const ELSEWHERE = new Set(["arrive", "record_answers", "withdraw_finding", "send_back"]);

export function others(record, shown = ELSEWHERE) {
  const left = record.actions.filter((action) => !action.main && !shown.has(action.name));
  return left.length > 0 && h("nav", { class: "field-acts", "aria-label": _("其他办理") },
    left.map((action) => h("a", { class: "button is-plain", href: formOf(`${typeOf(action)}.${action.name}`, record.id) }, action.title)));
}

export const papers = (record) =>
  record.documents?.length > 0 && panel(_("文书"), h("ul", { class: "panel" }, record.documents.map((paper) =>
    h("li", { class: "item" }, h("a", { class: "item-link", href: paper.href, target: "_blank", rel: "noopener" },
      icon("file-text"), h("span", { class: "task-title" }, paper.title, h("small", {}, `${paper.number}`)), icon("external-link", "s"))))));

export const pictures = (record) =>
  record.files?.length > 0 && panel(_("照片"), h("div", { class: "shots" }, record.files.map((file, n) =>
    h("a", { class: "shot", href: file.href }, h("img", { src: file.href, alt: _("现场照片 {n}", { n: n + 1 }), loading: "lazy" }), h("span", { class: "shot-status" }, moment(file.at).slice(5))))));

const hazards = (record) =>
  record.hazards.length > 0 && panel(_("由此产生的隐患"), h("ul", { class: "panel" }, record.hazards.map((one) =>
    h("li", { class: "item" }, h("a", { class: "item-link", href: pageOf("hazard", one.id) }, h("span", { class: "task-title" }, one.title, h("small", {}, one.number)), icon("chevron-right", "s"))))));

export function overview(visit, foot) {
  const { record, answers, findings } = visit;
  const open = record.actions.some((action) => action.name === "record_answers");
  const items = record.checklist.map((asked) => item(asked, answers[asked.code], open));
  return {
    card: card(visit),
    body: [
      facts([[_("编号"), record.number], [_("计划日期"), record.planned_on], [_("地址"), record.place.address], [_("到场"), moment(record.arrived_at)],
        [_("陪同人员"), record.accompanied_by], [_("单位意见"), record.opinion], [_("情况"), record.remarks]]),
      findings.length > 0 && panel(_("发现的问题"), h("ul", { class: "panel" }, findings.map((found) => finding(found, open && formOf("inspection.withdraw_finding", record.id))))),
      hazards(record), papers(record),
      record.arrived_at && items.length > 0 && panel(_("检查项"), h("ul", { class: "panel" }, items)),
      pictures(record), others(record),
    ],
    foot,
  };
}
