// Words for people: Chinese in the source, other languages from the catalogue that /field/words.js loads.
const translated = globalThis.gettext ?? ((text) => text);

// `_("还有 {n} 项", {n: 3})`; a place without a fact stays as it is, so that a mistake is seen.
export const _ = (text, facts = {}) =>
  translated(text).replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);

// How a citation is found: the article's own words have a page.
export const lawUrl = (citation) => `/law/${encodeURIComponent(citation)}`;

const pad = (number) => String(number).padStart(2, "0");

// 2026-11-23 14:05 as the clock of this phone shows it; a plain day passes unchanged.
export function moment(value) {
  if (!value || /^\d{4}-\d{2}-\d{2}$/.test(value)) return value ?? "";
  const at = new Date(value);
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

export const clock = (value) => moment(value).slice(11);
