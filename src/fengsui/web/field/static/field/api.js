// The API as functions. Three ends: an answer, a `Problem` (the API said no), or a `LineBroken`
// (nobody knows whether the call arrived, so it is sent again with the same key).
import { _ } from "./words.js";

const PATIENCE = 20_000;

export class Problem extends Error {
  constructor(said, status) {
    super(said.title || _("没有办成，请稍后再试。"));
    this.status = status;
    this.code = said.code ?? "";
    this.facts = said.facts ?? {};
  }
  // Field → sentence, where single answers are wrong; "" is the form as a whole.
  get fields() {
    return this.code === "invalid" ? this.facts : {};
  }
}

export class LineBroken extends Error {}

export class SignedOut extends LineBroken {}

const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";

async function answerOf(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
    return [response, await response.json()];
  } catch (broken) {
    if (response && response.status < 500) throw new Problem({}, response.status);
    throw new LineBroken(broken.message);
  }
}

async function ask(path, options = {}) {
  const [response, said] = await answerOf(path, { credentials: "same-origin", ...options });
  if (response.ok) return said;
  if (response.status === 401) throw new SignedOut(said.title);
  if (response.status >= 500) throw new LineBroken(said.title);
  throw new Problem(said, response.status);
}

export const get = (path) => ask(path, { headers: { Accept: "application/json" } });

// One action. `item` is an entry of the outbox; its key, base and moment go with it each time it is sent.
export function act(item) {
  const headers = {
    "Content-Type": "application/json",
    "X-CSRFToken": token(),
    "Idempotency-Key": item.key,
    "X-Done-At": item.doneAt,
  };
  if (item.base) headers["If-Match"] = item.base;
  if (item.newId) headers["X-Record-Id"] = item.newId;
  return ask(item.href, { method: "POST", headers, body: JSON.stringify(item.body) });
}

export const beginUpload = (file) =>
  ask("/api/v1/uploads", { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ size: file.size, name: file.name || "photo.jpg" }) });

export const append = (id, offset, piece) =>
  ask(`/api/v1/uploads/${id}`, { method: "PATCH", headers: { "Upload-Offset": offset, "X-CSRFToken": token() }, body: piece });

// A photograph; the answer's `id` is what an action's form takes.
export function upload(file) {
  const body = new FormData();
  body.append("file", file, file.name || "photo.jpg");
  return ask("/api/v1/files", { method: "POST", headers: { "X-CSRFToken": token() }, body });
}
