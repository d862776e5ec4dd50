// A hazard from its finding to its end: where it stands, by when, what may be done now.
import { given, h, link, show } from "./dom.js";
import { finding, others, panel, papers, pictures } from "./overview.js";
import { formOf, load, typeOf } from "./records.js";
import { extension, facts, summary } from "./summary.js";
import { _, moment } from "./words.js";

const notes = (record) => [...record.evidence, ...record.instructions].sort((one, other) => (one.at < other.at ? 1 : -1));

const note = (said) =>
  h("li", { class: "found" }, h("p", {}, said.text), h("p", { class: "note" }, `${said.by_name} ${moment(said.at)}`));

export async function open() {
  document.addEventListener("sent", ({ detail }) => detail === given.id && draw());
  await draw();
}

async function draw() {
  const record = await load("hazard", given.id);
  const main = record.actions.find((action) => action.main);
  show({
    card: summary(record),
    body: [
      facts([[_("编号"), record.number], [_("处理"), record.disposal_title], [_("改正期限"), record.due_on && `${record.due_on}${record.provisional ? _("（暂定）") : ""}`],
        [_("期限理由"), record.reason], [_("防范措施"), record.measures], [_("送达"), moment(record.served_at)], [_("延期"), extension(record)], [_("销案"), moment(record.closed_at)]]),
      record.findings?.length > 0 && panel(_("问题"), h("ul", { class: "panel" }, record.findings.map((found) => finding(found)))),
      papers(record),
      notes(record).length > 0 && panel(_("改正情况与处理安排"), h("ul", { class: "panel" }, notes(record).map(note))),
      pictures(record), others(record),
    ],
    foot: main && h("div", { class: "stepper is-one" }, link(formOf(`${typeOf(main)}.${main.name}`, record.id), main.title, "main")),
  });
}
