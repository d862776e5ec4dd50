// A map of our own outlines: works without tiles, glyphs or anything from outside.
import { fromGcj, toGcj } from "./gcj02.js";

const same = (place) => place;

// The map of one element, or null where the browser cannot draw one: the words beside it remain.
export async function draw(element) {
  const said = element.dataset, shift = said.gcj02 ? toGcj : same;
  const answer = await fetch(said.boundaries).catch(() => null);
  const outlines = answer && answer.ok ? await answer.json() : { features: [], labels: [] };
  const map = start(element, shifted(outlines, shift), box(outlines.features, shift));
  if (!map) return null;
  for (const label of said.latitude ? [] : outlines.labels) {
    mark(map, named(label.name, label.outlined), shift(label.at));
  }
  await new Promise((done) => map.once("load", done));
  return { map, shift, back: said.gcj02 ? fromGcj : same };
}

function start(element, outlines, bounds) {
  const { tiles, credit, worker, latitude, longitude, gcj02 } = element.dataset;
  const near = latitude && (gcj02 ? toGcj : same)([Number(longitude), Number(latitude)]);
  maplibregl.setWorkerUrl(worker);
  try {
    const map = new maplibregl.Map({
      container: element, style: style(outlines, tiles, credit), attributionControl: false,
      maxZoom: 18, minZoom: 3, dragRotate: false, pitchWithRotate: false, fadeDuration: 0,
      ...(near ? { center: near, zoom: 8 } : { bounds, fitBoundsOptions: { padding: 24 } }),
      cooperativeGestures: Boolean(near),
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    if (credit) map.addControl(new maplibregl.AttributionControl({ compact: false }));
    return map;
  } catch {
    element.hidden = true;
    return null;
  }
}

function style(outlines, tiles, credit) {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const sources = { outlines: { type: "geojson", data: outlines } };
  const layers = [{ id: "ground", type: "background", paint: { "background-color": colour("--page") } }];
  if (tiles) {
    sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256, attribution: credit };
    layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  const fill = { "fill-color": colour("--blue-100"), "fill-opacity": tiles ? 0.15 : 0.8 };
  const line = { "line-color": colour("--blue"), "line-width": 1.2, "line-opacity": 0.7 };
  layers.push({ id: "counties", type: "fill", source: "outlines", paint: fill });
  layers.push({ id: "borders", type: "line", source: "outlines", paint: line });
  return { version: 8, sources, layers };
}

export function mark(map, element, at) {
  return new maplibregl.Marker({ element, anchor: "center" }).setLngLat(at).addTo(map);
}

function named(text, outlined) {
  const element = document.createElement("span");
  element.className = outlined ? "map-name" : "map-name is-point";
  element.setAttribute("aria-hidden", "true");
  element.textContent = text;
  return element;
}

const positions = (part) => (typeof part[0] === "number" ? [part] : part.flatMap(positions));

function shifted(outlines, shift) {
  const move = (part) => (typeof part[0] === "number" ? shift(part) : part.map(move));
  const features = outlines.features.map((feature) => ({
    ...feature, geometry: { ...feature.geometry, coordinates: move(feature.geometry.coordinates) },
  }));
  return { type: "FeatureCollection", features };
}

function box(features, shift) {
  const all = features.flatMap((one) => positions(one.geometry.coordinates)).map(shift);
  if (!all.length) return [[73, 18], [135, 54]];
  const [xs, ys] = [all.map((p) => p[0]), all.map((p) => p[1])];
  return [[Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]];
}
