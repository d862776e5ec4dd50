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

export function keep(name, values, properties) {
  const kept = Object.entries(values).filter(([field]) => properties[field] && !properties[field]["x-personal"]);
  localStorage.setItem(name, JSON.stringify(Object.fromEntries(kept)));
}

export const drop = (name) => localStorage.removeItem(name);
