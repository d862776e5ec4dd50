// A premises: who answers for it, and a visit to be planned.
import { given, h, link, show } from "./dom.js";
import { others } from "./overview.js";
import { formOf, load, typeOf } from "./records.js";
import { facts, summary } from "./summary.js";
import { _ } from "./words.js";

export async function open() {
  const record = await load("premises", given.id);
  const main = record.actions.find((action) => action.main);
  const size = [record.area_m2 && `${record.area_m2} ㎡`, record.floors && _("{n} 层", { n: record.floors })].filter(Boolean).join("·");
  show({
    card: summary(record),
    body: [
      facts([[_("地址"), record.address], [_("使用性质"), record.usage], [_("规模"), size], [_("责任人"), record.responsible_name],
        [_("责任人电话"), record.responsible_phone], [_("管理人"), record.manager_name], [_("管理人电话"), record.manager_phone], [_("信用代码"), record.credit_code]]),
      others(record),
    ],
    foot: main && h("div", { class: "stepper is-one" }, link(formOf(`${typeOf(main)}.${main.name}`, record.id), main.title, "main")),
  });
}
