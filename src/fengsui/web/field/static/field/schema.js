// What one property of an action's schema asks for, whatever way pydantic writes it.
import { _ } from "./words.js";

const LONG = 150;

// Properties with their references and `| null` resolved: name → flat description.
export function properties(schema) {
  const found = Object.entries(schema.properties ?? {}).map(([name, asked]) => [name, flat(asked, schema.$defs ?? {})]);
  return Object.fromEntries(found);
}

function flat(asked, definitions) {
  const parts = [...(asked.anyOf ?? []), ...(asked.allOf ?? [])].filter((part) => part.type !== "null");
  const named = asked.$ref ? definitions[asked.$ref.split("/").at(-1)] : {};
  const inner = parts.length ? flat(parts[0], definitions) : {};
  return { ...named, ...inner, ...asked };
}

// A yes or no that nobody may leave to a default is two answers, so that silence is not a "no".
export const YES_NO = [{ value: "true", title: _("是") }, { value: "false", title: _("否") }];

export const mustBeSaid = (asked, required) => asked.type === "boolean" && required;

// Which control answers it.
export function kindOf(asked, choices) {
  if (asked.type === "boolean") return choices ? "chips" : "check";
  if (asked.type === "array") return choices ? "chips" : "photos";
  if (choices) return choices.length > 8 ? "select" : "chips";
  if (asked.type === "integer" || asked.type === "number") return "number";
  if (asked.format === "date") return "date";
  if (asked.format === "date-time") return "datetime-local";
  return (asked.maxLength ?? 0) > LONG ? "textarea" : "text";
}

// Questions that only one answer to another question raises: name → [that question, its answers].
// Only the phone's screen is shorter for it; the action itself says what it needs.
const RAISED_BY = {
  term_days: [["disposal", ["term"]]],
  corrected: [["disposal", ["corrected"]]],
  witness: [["signature", ["refused"]], ["mode", ["left"]]],
};

// Whether a question is to be asked, by what the others were answered. An offered answer may itself
// name the questions that it raises.
export function isAsked(name, fields) {
  const raisers = Object.values(fields).filter((one) => one.choices?.some((choice) => choice.asks?.includes(name)));
  const empty = fields[name].value() === undefined;
  if (raisers.length && empty && !raisers.some((one) => one.choices.find((choice) => choice.value === one.value())?.asks.includes(name))) return false;
  const raised = (RAISED_BY[name] ?? []).find(([question]) => fields[question]);
  return !raised || raised[1].includes(fields[raised[0]].value());
}

// What is already wrong before anything is sent, in the words that the API would use.
export function lacking(asked, required, value) {
  const empty = value === undefined || value === "";
  if (empty) return required ? _("请填写") : "";
  if (asked.minLength && String(value).length < asked.minLength) return _("至少填写 {n} 个字", { n: asked.minLength });
  if (asked.minimum !== undefined && value < asked.minimum) return _("不小于 {n}", { n: asked.minimum });
  if (asked.maximum !== undefined && value > asked.maximum) return _("不大于 {n}", { n: asked.maximum });
  return "";
}
