// Records as the API gives them, and where their places on the phone are.
import { get } from "./api.js";
import { send } from "./outbox.js";

export const PLURALS = { inspection: "inspections", hazard: "hazards", premises: "premises" };

export const load = (type, id) => get(`/api/v1/${PLURALS[type]}/${id}`);

export const pageOf = (type, id) => (PLURALS[type] ? `/field/${PLURALS[type]}/${id}/` : "");

// Which type an offered action acts on: creations stand under the type of what they create.
export const typeOf = (action) => Object.keys(PLURALS).find((type) => action.href.startsWith(`/api/v1/${PLURALS[type]}/`));

export const formOf = (what, id) => `/field/do/${what}/${id}`;

export const actionOf = (record, name) => record.actions.find((action) => action.name === name);

// Carry out an action that needs no form, or whose answers the page has gathered itself.
export const carryOut = (record, action, body = {}) =>
  send({ name: action.name, title: action.title, about: record.label, href: action.href, record: record.id, version: record.version, body });
