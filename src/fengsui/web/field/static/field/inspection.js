// A visit. The address's fragment says which question is open; without one the overview stands here.
import { begin, button, given, h, link, show } from "./dom.js";
import { kept, say } from "./flash.js";
import { pending } from "./outbox.js";
import { overview } from "./overview.js";
import { position } from "./position.js";
import { question } from "./question.js";
import { actionOf, carryOut, formOf, load } from "./records.js";
import { _ } from "./words.js";

// The visit as the API knows it, with what waits here laid over it.
export const visit = { record: null, answers: {}, findings: [] };

export const firstOpen = () => visit.record.checklist.find((item) => !visit.answers[item.code]);

// What waits is read before the record: a call that is sent in between is then in both, never in neither.
async function refresh() {
  const waiting = await pending(given.id);
  visit.record = await load("inspection", given.id);
  visit.answers = { ...visit.record.answers };
  visit.findings = [...visit.record.findings];
  const isKnown = ({ code, place, text }) => visit.findings.some((one) => one.code === code && one.place === place && one.text === text);
  for (const item of waiting) {
    Object.assign(visit.answers, item.body.answers);
    if (item.name === "add_finding" && !isKnown(item.body)) visit.findings.push({ ...item.body, id: item.key, waiting: true });
  }
  for (const finding of visit.findings) visit.answers[finding.code] ??= "fail";
}

async function draw() {
  const code = location.hash.slice(1);
  const place = visit.record.checklist.findIndex((item) => item.code === code);
  const asks = place >= 0 && actionOf(visit.record, "record_answers");
  show(asks ? await question(visit, place) : overview(visit, foot()));
  begin();
}

// What comes next, at the thumb.
function foot() {
  const { record } = visit;
  const next = firstOpen();
  const main = record.actions.find((action) => action.main);
  const row = (...parts) => h("div", { class: `stepper${parts.filter(Boolean).length === 1 ? " is-one" : ""}` }, parts);
  if (actionOf(record, "arrive")) return row(button(_("到场"), arrive, "main", "map-pin"));
  if (actionOf(record, "record_answers") && record.checklist.length && next) {
    return row(link(`#${next.code}`, _("下一项：{what}", { what: next.title }), "main"));
  }
  if (!main) return "";
  const back = actionOf(record, "send_back");
  return row(back && link(formOf("inspection.send_back", record.id), back.title), link(formOf(`inspection.${main.name}`, record.id), main.title, "main"));
}

async function arrive(event) {
  const press = event.currentTarget;
  press.disabled = true;
  press.lastChild.textContent = _("正在取位置…");
  try {
    const here = await position();
    const answer = await carryOut(visit.record, actionOf(visit.record, "arrive"), here);
    say(answer.sent ? _("已到场") : kept(answer.signedOut));
    if (!answer.sent) return;
    await refresh();
    const next = firstOpen();
    if (next) location.hash = next.code;
    else await draw();
  } finally {
    press.disabled = false;
    press.lastChild.textContent = _("到场");
  }
}

export async function open() {
  await refresh();
  const anew = async () => {
    if (!location.hash) await refresh();
    await draw();
  };
  window.addEventListener("hashchange", anew);
  document.addEventListener("sent", ({ detail }) => detail === given.id && !location.hash && anew());
  await draw();
}
