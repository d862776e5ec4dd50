"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "served-before-issued": (422, n("送达时间早于文书制作时间 {issued}，请改正。")),
    "served-in-the-future": (422, n("送达时间 {served} 还没有到，请改正。")),
    "block-held-already": (409, n("您手中还有“{kind}”的号段没有用完，请先用完或交回。")),
    "other-agency": (403, n("文书 {number} 由另一个机关制作，只有制作机关的大队长可以作废。")),
    "block-returned": (409, n("号段（{block}）已经交回，不能再交。")),
    "number-not-held": (409, n("{year} 年“{kind}”第 {number} 号不在您持有的号段里，或者已经用过。请改用其他号，或不填号由系统编号。")),
    "electronic-not-confirmed": (422, n("当事人没有签署电子送达确认书，或者在送达时还没有签署，不能电子送达（行政处罚法 §61）。请先请当事人签署，或改用其他送达方式。")),
    "confirmed-already": (409, n("本单位已经签署电子送达确认书。要改变地址，请先撤回再签署。")),
    "document-missing": (404, n("没有这份文书，或者它已作废。")),
    "unknown-document": (422, n("没有“{kind}”这种文书。")),
}  # fmt: skip
