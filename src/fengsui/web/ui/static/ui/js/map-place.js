// The little map of one place on its record's page.
import { draw, mark } from "./map.js";

for (const element of document.querySelectorAll("[data-map-place]")) {
  draw(element).then((drawn) => {
    if (!drawn) return;
    const pin = document.createElement("span");
    pin.className = "map-pin";
    pin.setAttribute("role", "img");
    pin.setAttribute("aria-label", element.dataset.label);
    const { longitude, latitude } = element.dataset;
    mark(drawn.map, pin, drawn.shift([Number(longitude), Number(latitude)]));
    element.dataset.ready = "";
  });
}
