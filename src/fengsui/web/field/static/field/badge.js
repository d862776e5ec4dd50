// What is not yet sent: always in sight, always in words.
import { icon } from "./dom.js";
import { pending } from "./outbox.js";
import { _ } from "./words.js";

export async function badge() {
  const shown = document.querySelector("[data-badge]");
  const items = await pending();
  const back = items.filter((item) => item.state === "refused").length;
  const words = back ? _("{n} 条被退回", { n: back }) : items.length ? _("{n} 条待发送", { n: items.length }) : _("已全部发送");
  shown.hidden = false;
  shown.classList.toggle("is-clear", items.length === 0);
  shown.classList.toggle("is-back", back > 0);
  if (shown.textContent !== words) shown.replaceChildren(icon(items.length ? "cloud-off" : "cloud-check", "s"), words);
}
