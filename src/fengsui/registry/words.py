"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "unknown-code": (422, n("没有编码为 {number} 的单位，或者不在您的管辖范围内。新增的单位请把单位编码留空。")),
    "no-brigade": (422, n("区划 {region} 还没有对应的消防救援大队，请先登记机构。")),
    "unknown-kind": (422, n("不认识场所种类“{kind}”。可用的种类：{known}。")),
    "facts-missing": (422, n("判定“{kind}”的类别还需要：{asked}（字段 {fields}）。请补充后再判定。")),
    "fact-invalid": (422, n("{title}（字段 {field}）的值 {value} 不对，请填写不小于零的数。")),
}  # fmt: skip
