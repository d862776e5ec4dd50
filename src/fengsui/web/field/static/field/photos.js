// Photographs: taken now or chosen, shown at once with their time, taken off again by a tap.
import { h, icon } from "./dom.js";
import { _, clock } from "./words.js";

export function photos(field) {
  const taken = [];
  const tiles = h("div", { class: "shots" });
  const input = h("input", { class: "visually-hidden", type: "file", id: field.id, name: field.name, accept: "image/*",
    capture: "environment", multiple: true, "aria-describedby": `${field.id}-note`, change: add });

  function add(event) {
    for (const file of event.target.files) taken.push({ file, at: new Date(), url: URL.createObjectURL(file) });
    event.target.value = "";
    draw();
  }

  function off(shot) {
    URL.revokeObjectURL(shot.url);
    taken.splice(taken.indexOf(shot), 1);
    draw();
    input.focus();
  }

  const tile = (shot, n) =>
    h("div", { class: "shot" },
      h("img", { src: shot.url, alt: _("刚拍的照片 {n}", { n: n + 1 }) }),
      h("span", { class: "shot-status" }, _("{time} 待发送", { time: clock(shot.at) })),
      h("button", { type: "button", class: "shot-off", "aria-label": _("去掉照片 {n}", { n: n + 1 }), click: () => off(shot) }, icon("x")));

  function draw() {
    tiles.replaceChildren(...taken.map(tile),
      h("label", { class: "shot-add" }, icon("camera", "l"), h("span", {}, _("拍照")), input));
  }

  draw();
  return { node: tiles, value: () => undefined, files: () => taken.map((shot) => shot.file), set: () => {} };
}
