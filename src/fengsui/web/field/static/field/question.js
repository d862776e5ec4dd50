// One question of the checklist on one screen: what is asked, by which article, how it was the last time,
// three large answers, and the finding where something is not in order.
import { get, Problem } from "./api.js";
import { button, h, icon, link, notice } from "./dom.js";
import { draftName, has } from "./drafts.js";
import { findingForm } from "./finding.js";
import { kept, say } from "./flash.js";
import { carryOut, actionOf, formOf } from "./records.js";
import { card, DRAWINGS, finding, panel, RESULTS } from "./overview.js";
import { _ } from "./words.js";

const article = (basis) => h("a", { href: basis.url }, icon("book-2", "s"), basis.cite);

// The first article stands there; further ones unfold, so that the answers stay within reach.
function articles({ basis: [first, ...others] }) {
  const more = others.length > 0 && h("details", {}, h("summary", {}, _("另 {n} 条依据", { n: others.length })), others.map(article));
  return [first && article(first), more];
}

const lastTime = (last) => last && h("span", { class: "note" }, _("上次检查：{result}（{day}）", { result: RESULTS[last.result], day: last.on.slice(5) }));

function answers(item, chosen, choose) {
  const answer = (result) =>
    h("label", { class: "answer" },
      h("input", { type: "radio", name: "result", value: result, checked: chosen === result, change: () => choose(result) }),
      h("span", { class: "answer-face" }, icon(DRAWINGS[result], "l"), RESULTS[result]));
  return h("fieldset", { class: "answers" }, h("legend", { class: "visually-hidden" }, _("检查结果")), Object.keys(RESULTS).map(answer));
}

export async function question(visit, place) {
  const { record } = visit;
  const item = record.checklist[place];
  const following = record.checklist[place + 1];
  const said = h("div", { role: "status" });
  const below = h("div", { class: "field-place" });
  const onward = following ? `#${following.code}` : "#";
  const draft = draftName("inspection.add_finding", `${record.id}:${item.code}`);
  const chosen = visit.answers[item.code] ?? (has(draft) ? "fail" : "");
  let entering = null;

  // A plain answer goes at once; that something is wrong goes with what is wrong.
  async function choose(result) {
    entering = null;
    below.replaceChildren();
    said.replaceChildren();
    if (result === "fail") return enter();
    foot.replaceChildren(...steps());
    const before = visit.answers[item.code];
    visit.answers[item.code] = result;
    document.getElementById("card").replaceChildren(card(visit));
    try {
      const answer = await carryOut(record, actionOf(record, "record_answers"), { answers: { [item.code]: result } });
      if (!answer.sent) said.replaceChildren(notice("warning", kept(answer.signedOut), "cloud-off"));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      visit.answers[item.code] = before;
      said.replaceChildren(notice("error", problem.message, "alert-circle"));
    }
  }

  async function enter() {
    const action = actionOf(record, "add_finding");
    const found = visit.findings.filter((one) => one.code === item.code);
    entering = findingForm(await get(action.form_href), item, draft);
    const known = found.length > 0 && panel(_("这一项已登记的问题"), h("ul", { class: "panel" }, found.map((one) => finding(one, formOf("inspection.withdraw_finding", record.id)))));
    const more = found.length > 0 ? h("details", { class: "more" }, h("summary", { class: "button is-line" }, _("再登记一个问题")), entering.node) : entering.node;
    below.replaceChildren(...[known, more].filter(Boolean));
    if (found.length) more.addEventListener("toggle", () => foot.replaceChildren(...steps(more.open)));
    foot.replaceChildren(...steps(!found.length));
  }

  async function register() {
    if (!entering.check()) return;
    try {
      const answer = await entering.send(record, actionOf(record, "add_finding"));
      visit.answers[item.code] = "fail";
      visit.findings.push(answer.finding);
      entering.done();
      say(answer.sent ? _("已登记问题") : kept(answer.signedOut));
      location.hash = onward;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      entering.fail(problem.fields, problem.code === "invalid" ? "" : problem.message);
    }
  }

  function steps(registering = false) {
    const back = place > 0 ? link(`#${record.checklist[place - 1].code}`, _("上一项")) : link("#", _("总览"));
    const words = following ? _("下一项：{what}", { what: following.title }) : _("查看总览");
    return [back, registering ? button(_("登记问题，下一项"), register, "main") : link(onward, words, "main")];
  }

  const foot = h("nav", { class: "stepper", "aria-label": _("上一项与下一项") }, steps());
  if (chosen === "fail") await enter();
  const head = h("div", { class: "asked" },
    h("p", { class: "note" }, _("{title}·第 {n} 项", { title: item.title, n: place + 1 })), h("h2", {}, item.text),
    h("div", { class: "asked-basis" }, articles(item), lastTime(record.last_results?.[item.code])));
  return { card: card(visit), body: [head, answers(item, chosen, choose), below, said], foot };
}
