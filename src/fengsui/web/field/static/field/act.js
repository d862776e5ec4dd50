// The form of any action: drawn, filled, sent; a refusal stands beside what it is about and nothing
// typed is lost.
import { get, Problem } from "./api.js";
import { button, given, h, notice, show } from "./dom.js";
import { draftName } from "./drafts.js";
import { kept, leave } from "./flash.js";
import { form } from "./form.js";
import { uuid7 } from "./ids.js";
import { pending, send } from "./outbox.js";
import { load, pageOf, PLURALS } from "./records.js";
import { extension, facts, summary } from "./summary.js";
import { _, lawUrl, weakness } from "./words.js";

let record = null;
const action = addressed();

const starts = () => Object.fromEntries(new URLSearchParams(location.search));

// An action's address follows from its name; the API itself says whether it may be done now.
function addressed() {
  const [type, name] = given.action.split(".");
  const creates = Boolean(given.begins) || !given.id;
  const href = `/api/v1/${PLURALS[type]}/${creates ? "" : `${given.id}/`}${name}`;
  return { name, type, creates, href, form_href: given.begins ? `${href}?${given.begins}=${given.id}` : href };
}

export async function open() {
  record = given.id ? await load(given.type, given.id) : null;
  const described = await get(action.form_href);
  action.title = described.title;
  const asked = form(described, { draft: draftName(given.action, given.id), starts: starts() });
  const press = button(described.title, () => submit(asked, press), "main");
  show({
    card: record && summary(record),
    body: [record?.extension === "asked" && facts([[_("延期"), extension(record)], [_("原期限"), record.due_on]]), asked.node,
      h("p", { class: "note" }, _("依据："), h("a", { href: described.law_url || lawUrl(described.source) }, described.source)),
      (described.rules ?? []).map((rule) => h("p", { class: "note" }, h("a", { href: rule.url }, rule.title), weakness(rule.tag))),
      alternative()],
    foot: h("div", { class: "stepper is-one" }, press),
  });
}

// Who decides may decide either way.
const OTHERS = { grant_extension: "refuse_extension", refuse_extension: "grant_extension", confirm_record: "send_back" };

function alternative() {
  const other = record?.actions.find((each) => each.name === OTHERS[action.name]);
  return other && h("p", {}, h("a", { class: "button is-line", href: `/field/do/${action.type}.${other.name}/${given.id}` }, other.title));
}

async function submit(asked, press) {
  if (!asked.check()) return;
  press.disabled = true;
  press.lastChild.textContent = _("正在发送…");
  try {
    const newId = action.creates ? uuid7() : "";
    const answer = await send({
      name: action.name, title: action.title, about: record?.label ?? asked.read().name ?? "", href: action.href,
      form: location.pathname + location.search, draft: draftName(given.action, given.id), newId,
      record: action.creates ? newId : record.id, version: action.creates ? 0 : record.version,
      body: asked.read(), files: asked.files(), personal: asked.personal(),
    });
    if (!answer.sent && asked.personal()) return stay(answer, newId);
    asked.done();
    leave(answer.sent ? _("已办理：{what}", { what: action.title }) : kept(answer.signedOut));
    location.assign(answer.sent || !action.creates ? next(newId) : "/field/unsent");
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    await said(asked, problem);
    press.disabled = false;
    press.lastChild.textContent = action.title;
  }
}

const next = (newId) => pageOf(action.type, newId || record.id);

// Personal answers are in memory only: the page stays open until they are sent.
function stay(answer, newId) {
  const words = _("没有信号。内容含个人信息，只留在本页，不写入手机：请不要关闭，联网后自动发送。");
  document.getElementById("place").prepend(notice("warning", words, "cloud-off"));
  window.scrollTo(0, 0);
  document.addEventListener("outbox", async () => {
    const left = (await pending()).find((item) => item.key === answer.key);
    if (left?.state === "refused") location.assign("/field/unsent");
    if (!left) location.assign(next(newId));
  });
}

// Somebody else was faster: what changed is said, what was typed stays, and the next press rests on the
// record as it is now.
async function said(asked, problem) {
  asked.fail(problem.fields, problem.code === "invalid" ? "" : problem.message);
  if (problem.code !== "changed-meanwhile") return;
  record = await load(given.type, given.id);
  document.getElementById("card").replaceChildren(summary(record));
}
