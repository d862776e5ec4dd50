// What waits on this phone in its order, and what came back with its reason.
import { h, icon, button, show, link, notice } from "./dom.js";
import * as drafts from "./drafts.js";
import { broken, discard, drain, pending } from "./outbox.js";
import { SignedOut } from "./api.js";
import { _, moment } from "./words.js";

// A call that came back is opened again in its form with what was typed.
async function again(item) {
  drafts.put(item.draft, item.body);
  await discard(item.key);
  location.assign(item.form);
}

async function forget(item) {
  if (confirm(_("删除后不会再发送：{what}。确定删除吗？", { what: item.title }))) await discard(item.key);
}

const row = (item) =>
  h("li", { class: `task${item.state === "refused" ? " is-back" : ""}` },
    h("p", { class: "task-title" }, item.title), h("p", { class: "task-subject" }, item.about),
    h("p", { class: "note" }, moment(item.doneAt), " ", item.state === "refused" ? _("被退回") : _("待发送")),
    item.why && notice("error", item.why, "alert-circle"),
    h("div", { class: "field-acts" },
      item.state === "refused" && item.form && button(_("改正后重发"), () => again(item), "line", "pencil"),
      button(_("删除"), () => forget(item), "quiet", "trash")));

async function draw() {
  const items = await pending();
  const why = broken instanceof SignedOut
    ? h("p", {}, link(`/sign-in?next=${location.pathname}`, _("重新登录后发送"), "main"))
    : broken && items.length > 0 && notice("warning", _("没有信号或服务器没有应答。内容已存在本机，联网后自动发送。"), "cloud-off");
  show({
    body: items.length
      ? [why, h("ul", { class: "panel tasks" }, items.map(row))]
      : h("div", { class: "empty panel" }, icon("cloud-check", "xl"), h("p", { class: "empty-title" }, _("已全部发送")), h("p", {}, _("本机没有等待发送的内容。"))),
    foot: items.length ? h("div", { class: "stepper is-one" }, button(_("现在发送"), drain, "main", "send")) : "",
  });
}

export async function open() {
  document.addEventListener("outbox", draw);
  await draw();
}
