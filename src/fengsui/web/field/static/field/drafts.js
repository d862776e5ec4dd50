// What was typed outlives a lost page: one draft per form and record. Personal answers are never kept.
const PREFIX = "field-draft:";

export const draftName = (action, record = "") => `${PREFIX}${action}:${record}`;

export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "{}");
  } catch {
    return {};
  }
}

export const has = (name) => localStorage.getItem(name) !== null;

// What came back is a draft again.
export const put = (name, values) => localStorage.setItem(name, JSON.stringify(values));

export function keep(name, values, properties) {
  const kept = Object.entries(values).filter(([field]) => properties[field] && !properties[field]["x-personal"]);
  put(name, Object.fromEntries(kept));
}

export const drop = (name) => localStorage.removeItem(name);
