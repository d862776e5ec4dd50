// Words for people: Chinese in the source, other languages from the catalogue that /field/words.js loads.
const translated = globalThis.gettext ?? ((text) => text);

// `_("还有 {n} 项", {n: 3})`; a place without a fact stays as it is, so that a mistake is seen.
export const _ = (text, facts = {}) =>
  translated(text).replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);

// How a citation is found: the article's own words have a page.
export const lawUrl = (citation) => `/law/${encodeURIComponent(citation)}`;

// Deadlines end by the clock of the house, wherever the phone believes to be. China keeps no summer time.
const HOUSE_HOURS = 8;
const HOUSE_CLOCK = "+08:00";

// 2026-11-23 14:05 by that clock; a plain day passes unchanged.
export function moment(value) {
  if (!value || /^\d{4}-\d{2}-\d{2}$/.test(value)) return value ?? "";
  const at = new Date(new Date(value).getTime() + HOUSE_HOURS * 3_600_000);
  return at.toISOString().slice(0, 16).replace("T", " ");
}

// What was typed into a form as such a time, and a time as it is typed.
export const typed = (text) => new Date(`${text}${HOUSE_CLOCK}`).toISOString();
export const typeable = (value) => moment(value).replace(" ", "T");

export const clock = (value) => moment(value).slice(11);

// How well a rule is known, where a person must be told: not checked against the text, or ours.
const WEAK = { K: _("（未核实）"), D: _("（本系统默认）") };
export const weakness = (tag) => tag.split("+").map((each) => WEAK[each] ?? "").join("");
