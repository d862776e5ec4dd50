// One start for every place: the page's module, the badge, and whatever still waits to be sent.
import { LineBroken, Problem } from "./api.js";
import { badge } from "./badge.js";
import { button, given, h, link, notice, show } from "./dom.js";
import { tell } from "./flash.js";
import { drain } from "./outbox.js";
import { _ } from "./words.js";

const PLACES = {
  worklist: () => import("./worklist.js"),
  unsent: () => import("./unsent.js"),
  finder: () => import("./finder.js"),
  premises: () => import("./premises.js"),
  inspection: () => import("./inspection.js"),
  hazard: () => import("./hazard.js"),
  act: () => import("./act.js"),
};

function lost(error) {
  const said = error instanceof LineBroken ? _("现在没有信号，内容还没有取到。") : error.message;
  show({ body: [notice("error", said, "cloud-off"),
    h("div", { class: "field-acts" }, button(_("再试一次"), start, "main", "refresh"), link(given.desk, _("在办公端打开")))] });
}

async function start() {
  try {
    const { open } = await PLACES[given.place]();
    await open();
  } catch (error) {
    if (!(error instanceof Problem || error instanceof LineBroken)) throw error;
    lost(error);
  }
}

// Whoever signs out with calls unsent is asked: they go only when the same person is back.
for (const form of document.querySelectorAll("[data-sign-out]")) {
  form.addEventListener("submit", (event) => {
    const waits = document.querySelector("[data-badge]:not(.is-clear)");
    if (waits && !confirm(_("{words}，退出后要等您重新登录才会发送。确定退出吗？", { words: waits.textContent }))) event.preventDefault();
  });
}

document.addEventListener("outbox", badge);
tell();
badge();
await start();
drain();
