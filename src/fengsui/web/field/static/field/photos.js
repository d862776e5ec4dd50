// Photographs: taken now or chosen, shown at once with their time, taken off again by a tap.
import { h, icon } from "./dom.js";
import { _, clock } from "./words.js";

export function photos(field) {
  const taken = [];
  let stored = [];
  const tiles = h("div", { class: "shots" });
  const input = (id, capture) => h("input", { class: "visually-hidden", type: "file", id, name: field.name, accept: "image/*",
    capture, multiple: true, "aria-describedby": `${field.id}-note`, change: add });
  const camera = input(field.id, "environment");
  const album = input(`${field.id}-album`);

  function add(event) {
    for (const file of event.target.files) taken.push({ file, at: new Date(), url: URL.createObjectURL(file) });
    event.target.value = "";
    draw();
  }

  function off(shot) {
    URL.revokeObjectURL(shot.url);
    taken.splice(taken.indexOf(shot), 1);
    draw();
    camera.focus();
  }

  const tile = (shot, n) =>
    h("div", { class: "shot" },
      h("img", { src: shot.url, alt: _("刚拍的照片 {n}", { n: n + 1 }) }),
      h("span", { class: "shot-status" }, _("{time} 待发送", { time: clock(shot.at) })),
      h("button", { type: "button", class: "shot-off", "aria-label": _("去掉照片 {n}", { n: n + 1 }), click: () => off(shot) }, icon("x")));

  // Sent with a call that came back: they are there already and stay with it.
  const there = (id, n) => h("div", { class: "shot" }, h("img", { src: `/api/v1/files/${id}`, alt: _("已上传的照片 {n}", { n: n + 1 }) }));

  function draw() {
    tiles.replaceChildren(...stored.map(there), ...taken.map(tile),
      h("label", { class: "shot-add" }, icon("camera", "l"), h("span", {}, _("拍照")), camera),
      h("label", { class: "shot-add" }, icon("photo", "l"), h("span", {}, _("从相册选")), album));
  }

  function set(ids) {
    stored = ids;
    draw();
  }

  draw();
  return { node: tiles, value: () => (stored.length ? stored : undefined), files: () => taken.map((shot) => shot.file), set };
}
