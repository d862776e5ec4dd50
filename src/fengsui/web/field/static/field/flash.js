// One sentence that survives the way to the next page.
import { h, icon } from "./dom.js";
import { _ } from "./words.js";

const NAME = "field-flash";
const SHOWN = 4_000;

export const leave = (text) => sessionStorage.setItem(NAME, text);

export function say(text) {
  const toast = h("p", { class: "notice is-success toast" }, icon("circle-check"), h("span", {}, text));
  document.querySelector("[data-toasts]").replaceChildren(toast);
  setTimeout(() => toast.remove(), SHOWN);
}

export function tell() {
  const text = sessionStorage.getItem(NAME);
  sessionStorage.removeItem(NAME);
  if (text) say(text);
}

// What is said when a call waits here because the line is broken.
export const kept = (signedOut) =>
  signedOut ? _("登录已过期，内容已存在本机，重新登录后自动发送。") : _("没有信号，已存在本机，联网后自动发送。");
