// What is told to me appears at once: a toast, fresh counts, and the worklist, which listens to
// fengsui:tasks. The browser itself reconnects and says which event it saw last; where the stream ends
// for good (signed out, another post) we stop asking.
const toasts = document.querySelector("[data-toasts][data-live]");
const SHOWN_MS = 12000;
const AT_MOST = 4;
let refreshing = 0;

function badge(name, count) {
  for (const element of document.querySelectorAll(`[data-badge="${CSS.escape(name)}"]`)) {
    element.textContent = count > 99 ? "99+" : String(count);
    element.hidden = !count;
  }
}

async function refresh() {
  const answer = await fetch(toasts.dataset.counts, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!answer.ok) return;
  const counts = await answer.json();
  const said = () => document.querySelector('[data-badge="tasks"]')?.textContent;
  const before = said();
  badge("notices", counts.notices);
  badge("tasks", counts.tasks);
  document.querySelectorAll('[data-badge="tasks"]').forEach((element) => element.classList.toggle("is-late", counts.late > 0));
  if (before !== undefined && before !== said()) document.body.dispatchEvent(new Event("fengsui:tasks"));
}

function soon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => refresh().catch(() => {}), 150);
}

function toast(notice) {
  const box = document.createElement("div");
  box.className = notice.urgent ? "toast is-urgent" : "toast";
  const link = document.createElement("a");
  link.href = notice.url;
  link.textContent = notice.title;
  const words = document.createElement("p");
  words.textContent = notice.text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.setAttribute("aria-label", toasts.dataset.close);
  close.textContent = "×";
  close.addEventListener("click", () => box.remove());
  box.append(close, link, words);
  toasts.append(box);
  while (toasts.children.length > AT_MOST) toasts.firstElementChild.remove();
  let timer = 0;
  const leave = () => (timer = notice.urgent ? 0 : setTimeout(() => box.remove(), SHOWN_MS));
  for (const stay of ["mouseenter", "focusin"]) box.addEventListener(stay, () => clearTimeout(timer));
  for (const go of ["mouseleave", "focusout"]) box.addEventListener(go, leave);
  leave();
}

function listen() {
  const source = new EventSource(toasts.dataset.live);
  source.addEventListener("ready", soon);
  source.addEventListener("notice", (event) => {
    toast(JSON.parse(event.data));
    soon();
  });
  source.addEventListener("end", () => source.close());
  addEventListener("pagehide", () => source.close());
}

addEventListener("pageshow", (event) => { if (event.persisted && toasts) listen(); });
if (toasts) listen();
