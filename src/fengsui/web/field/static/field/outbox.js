// The one place that calls go through. A call is kept first, then sent, and forgotten only when the API
// has answered; whatever breaks in between, it is sent again with the same key and acts once.
import { act, LineBroken, SignedOut } from "./api.js";
import { given } from "./dom.js";
import { uuid7 } from "./ids.js";
import * as store from "./store.js";
import { uploadAll } from "./uploads.js";

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;
const asking = new Map();
const known = new Map();
let pause = FIRST_PAUSE;
let timer;
export let broken = null;

const changed = () => document.dispatchEvent(new CustomEvent("outbox"));
const alone = (work) => navigator.locks.request("fengsui-outbox", work);

// What waits here for this person, the oldest first; `record` narrows to one record.
export async function pending(record = "") {
  return (await store.all()).filter((item) => item.who === given.post && (!record || item.record === record));
}

// Send a call: {name, title, href, record, version, body, files, newId, personal}. Resolves to
// {sent, result}; `sent` is false when the line broke and the call waits. Rejects with a `Problem`.
export async function send(call) {
  const before = call.record && (await pending(call.record)).filter((item) => item.state === "waiting").at(-1);
  const version = Math.max(call.version ?? 0, known.get(call.record) ?? 0);
  const base = before ? `after:${before.key}` : version ? `"${version}"` : "";
  const item = { ...call, key: uuid7(), base, who: given.post, state: "waiting", doneAt: new Date().toISOString() };
  await store.put(item);
  const answer = new Promise((resolve, reject) => asking.set(item.key, { resolve, reject }));
  drain();
  return answer;
}

// Send what waits, one after the other; a break stops all, because the order is part of what was done.
export function drain() {
  clearTimeout(timer);
  return alone(async () => {
    try {
      for (const { key } of await pending()) await deliver(key);
      await settleOthers();
      [broken, pause] = [null, FIRST_PAUSE];
    } catch (error) {
      if (!(error instanceof LineBroken)) throw error;
      broken = error;
      for (const key of [...asking.keys()]) settle(key, "resolve", { sent: false, key, signedOut: error instanceof SignedOut });
      timer = setTimeout(drain, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
    changed();
  });
}

async function deliver(key) {
  const item = (await pending()).find((each) => each.key === key);
  if (item?.state !== "waiting") return;
  try {
    await uploadAll(item, store.put);
    const result = await act(item);
    known.set(item.record || result.record, result.version);
    await store.remove(key);
    if (asking.has(key)) settle(key, "resolve", { sent: true, result });
    else document.dispatchEvent(new CustomEvent("sent", { detail: item.record }));
  } catch (problem) {
    if (problem instanceof LineBroken) throw problem;
    await refused(item, problem);
  }
}

// Nothing was written, so the calls behind it rest on what it rested on. Whoever waits is told at once;
// a call that had been left to itself stays, with the reason, until its person has seen it.
async function refused(item, problem) {
  for (const later of await pending(item.record)) {
    if (later.base === `after:${item.key}`) await store.put({ ...later, base: item.base });
  }
  if (asking.has(item.key)) await store.remove(item.key);
  else await store.put({ ...item, state: "refused", why: problem.message, code: problem.code });
  settle(item.key, "reject", problem);
}

// A call that another window has sent meanwhile is done.
async function settleOthers() {
  const left = new Set((await pending()).map((item) => item.key));
  for (const key of asking.keys()) if (!left.has(key)) settle(key, "resolve", { sent: true, result: {} });
}

function settle(key, how, value) {
  asking.get(key)?.[how](value);
  asking.delete(key);
}

export const discard = (key) => store.remove(key).then(changed);

window.addEventListener("online", drain);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && drain());
