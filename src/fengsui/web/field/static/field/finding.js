// What is not in order, right under the question: reasons from the item's own words, then where, what,
// what follows, by when, and photographs.
import { control } from "./controls.js";
import { h, icon } from "./dom.js";
import { form } from "./form.js";
import { send } from "./outbox.js";
import { _ } from "./words.js";

// The item's requirements, one by one: 「疏散通道、安全出口畅通，没有锁闭、堆物。」 has two.
export const reasonsOf = (item) => item.text.split(/[，；。]/).map((part) => part.trim()).filter(Boolean);

const words = (reasons) => (reasons.length ? _("不符合要求：{what}。", { what: reasons.map((reason) => `“${reason}”`).join("、") }) : "");

// The form of a finding with its item answered already.
export function findingForm(described, item, draft) {
  const asked = form(described, { draft, starts: { code: item.code }, hidden: ["code", "basis", "cause"] });
  const choices = reasonsOf(item).map((reason) => ({ value: reason, title: reason }));
  const chips = control({ id: "field-reasons", name: "reasons", kind: "chips", multiple: true, choices });
  const { text } = asked.fields;
  let written = "";

  // Reasons become the first sentence of the description; what was typed behind it stays.
  chips.node.addEventListener("change", () => {
    const typed = text.value() ?? "";
    const rest = written && typed.startsWith(written) ? typed.slice(written.length) : typed;
    written = words(chips.value() ?? []);
    text.set(written + rest);
    asked.keep();
  });

  const reasons = h("fieldset", { class: "field" },
    h("legend", { class: "label" }, _("哪里不符合"), h("span", { class: "note" }, _("可多选"))), chips.node);
  const node = h("div", { class: "field-place" }, reasons, asked.node);

  async function sendFinding(record, action) {
    const body = { ...asked.read(), code: item.code };
    const call = { name: action.name, title: action.title, about: `${record.premises.label}·${item.title}`, href: action.href,
      form: `/field/inspections/${record.id}/#${item.code}`, draft, record: record.id, version: record.version, body, files: asked.files() };
    const answer = await send(call);
    const disposal_title = asked.fields.disposal.choices.find((choice) => choice.value === body.disposal)?.title;
    return { ...answer, finding: { ...body, disposal_title, id: answer.result?.result?.finding, waiting: !answer.sent } };
  }

  return { ...asked, node, send: sendFinding };
}
