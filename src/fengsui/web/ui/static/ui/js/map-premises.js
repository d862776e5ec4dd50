// The map of premises: clusters and points of the present view, and the same as a list beside it.
import { draw, mark } from "./map.js";

const element = document.querySelector("[data-map-premises]");
const list = document.querySelector("[data-map-list]");
const note = document.querySelector("[data-map-note]");
const words = list.dataset;
const said = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

draw(element).then((drawn) => {
  if (!drawn) {
    note.textContent = words.undrawable;
    return;
  }
  let markers = [], asked = 0;
  const refresh = async () => {
    const number = (asked += 1);
    const answer = await fetch(address(drawn)).catch(() => null);
    if (number !== asked) return; // a later view was asked for meanwhile
    if (!answer || !answer.ok) {
      note.textContent = words.failed;
      return;
    }
    const view = await answer.json();
    markers.forEach((marker) => marker.remove());
    markers = [...view.clusters.map(cluster(drawn)), ...view.points.map(point(drawn))];
    list.replaceChildren(...view.clusters.map(clusterLine(drawn)), ...view.points.map(pointLine));
    const told = view.more ? words.more : view.clusters.length ? words.clusters : words.points;
    note.textContent = said(told, { n: view.total.toLocaleString() });
    element.dataset.ready = number;
  };
  drawn.map.on("moveend", refresh);
  refresh();
});

function address({ map, back }) {
  const bounds = map.getBounds();
  const [west, south] = back(bounds.getSouthWest().toArray());
  const [east, north] = back(bounds.getNorthEast().toArray());
  const box = [Math.max(west, -180), south, Math.min(east, 180), north].map((n) => n.toFixed(6));
  const wish = new URLSearchParams(element.dataset.wish);
  return `${element.dataset.premises}?box=${box}&zoom=${Math.floor(map.getZoom())}&${wish}`;
}

const closer = ({ map, shift }, one) => () =>
  map.easeTo({ center: shift([one.longitude, one.latitude]), zoom: Math.min(map.getZoom() + 2, 18) });

const cluster = (drawn) => (one) => {
  const button = document.createElement("button");
  const size = one.count < 100 ? "s" : one.count < 10000 ? "m" : "l";
  button.className = `map-cluster is-${size}${one.hazardous ? " is-hazardous" : ""}`;
  button.textContent = one.count.toLocaleString();
  button.setAttribute("aria-label", said(words.cluster, { n: one.count, bad: one.hazardous }));
  button.addEventListener("click", closer(drawn, one));
  return mark(drawn.map, button, drawn.shift([one.longitude, one.latitude]));
};

const point = (drawn) => (one) => {
  const link = document.createElement("a");
  link.className = `map-point is-${one.class}${one.open_hazards ? " is-hazardous" : ""}`;
  link.href = one.page;
  link.title = one.name;
  link.setAttribute("aria-label", one.name);
  return mark(drawn.map, link, drawn.shift([one.longitude, one.latitude]));
};

const clusterLine = (drawn) => (one) => {
  const item = document.createElement("li"), button = document.createElement("button");
  button.className = "map-line";
  button.append(line(said(words.there, { n: one.count.toLocaleString(), where: one.where })));
  if (one.hazardous) button.append(line(said(words.hazards, { n: one.hazardous }), "map-bad"));
  button.addEventListener("click", closer(drawn, one));
  item.append(button);
  return item;
};

function pointLine(one) {
  const item = document.createElement("li"), link = document.createElement("a");
  link.className = "map-line";
  link.href = one.page;
  link.append(line(one.name), line(`${one.class_title} · ${one.address}`, "note"));
  if (one.open_hazards) link.append(line(said(words.hazards, { n: one.open_hazards }), "map-bad"));
  item.append(link);
  return item;
}

function line(text, look = "") {
  const span = document.createElement("span");
  span.className = look;
  span.textContent = text;
  return span;
}
