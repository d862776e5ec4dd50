// Elements from plain calls. Text always enters as text, never as markup.
export const place = document.getElementById("place");
export const given = place.dataset;

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(2).filter((child) => child || child === 0));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

// A drawing beside words, hidden from assistive technology.
export function icon(name, size = "") {
  const drawing = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  drawing.setAttribute("class", size ? `icon icon-${size}` : "icon");
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${given.icons}#${name}`);
  drawing.append(use);
  return drawing;
}

function fill(id, children) {
  const part = document.getElementById(id);
  const shown = children.flat(2).filter(Boolean);
  part.replaceChildren(...shown);
  part.hidden = shown.length === 0 && id !== "place";
}

// One screen: the card under the bar, the body, and what lies at the thumb.
export function show({ card = [], body = [], foot = [] }) {
  fill("card", [card]);
  fill("place", [body]);
  fill("foot", [foot]);
  place.removeAttribute("aria-busy");
}

// A new screen within the same place starts at its top, for the eye and for a screen reader.
export function begin() {
  window.scrollTo(0, 0);
  document.getElementById("main").focus({ preventScroll: true });
}

export const link = (url, text, look = "plain", drawing = "") =>
  h("a", { class: `button is-${look}`, href: url }, drawing && icon(drawing), h("span", {}, text));

export const button = (text, act, look = "plain", drawing = "") =>
  h("button", { class: `button is-${look}`, type: "button", click: act }, drawing && icon(drawing), h("span", {}, text));

export const notice = (kind, text, drawing, ...more) =>
  h("p", { class: `notice is-${kind}`, role: kind === "error" ? "alert" : "status" }, icon(drawing), h("span", {}, text, more));
