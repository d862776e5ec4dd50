"""What a refusal says to a person, and with which HTTP status: one catalogue for every edge."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n

from fengsui.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str


_WORDS: Mapping[str, tuple[int, str]] = {
    "not-found": (404, n("没有找到，或者不在您的管辖范围内。")),
    "forbidden": (403, n("{post}不能办理“{action}”（依据：{source}）。如需办理，请切换岗位或联系有权的人员。")),
    "illegal-move": (409, n("当前状态是“{state}”，不能进行“{move}”。请刷新后按当前状态办理。")),
    "changed-meanwhile": (409, n("在您填写期间，别人已经办理了这条记录：{changes}。您填写的内容仍在，请核对后再提交。")),
    "key-reused": (422, n("同一个提交编号用在了不同的内容上，请重新打开页面再提交。")),
    "inner-only": (409, n("“{action}”只能随其他办理一并完成，不能单独办理。")),
    "two-officers": (422, n("检查人员不得少于两人（规定 §14），请另选协检人员。")),
    "certificate-missing": (409, n("{officer}在 {on} 没有有效的执法证件，不能安排（行政处罚法 §42）。请先登记证件或换人。")),
    "premises-unknown": (422, n("没有找到这个场所，或者它已关闭。请重新选择。")),
    "planned-in-the-past": (422, n("计划日期 {planned} 已经过去，请选今天或以后的日期。")),
    "not-your-inspection": (403, n("只有这次检查的两名检查人员可以办理。")),
    "not-the-lead": (403, n("只有主检人员可以办理。")),
    "not-the-second": (403, n("检查记录由另一名检查人员确认，填写记录的人不能自己确认（规定 §14）。")),
    "not-underway": (409, n("检查 {number} 不在进行中，请先到场。")),
    "items-unanswered": (422, n("还有检查项没有填写：{items}。全部填写后才能结束检查。")),
    "finding-missing": (422, n("不合格的检查项还没有登记问题：{items}。")),
    "item-not-failed": (422, n("检查项 {items} 登记了问题，但结果不是“不合格”。请改正结果或撤回问题。")),
    "unknown-item": (422, n("现行检查要点里没有检查项 {items}。")),
    "not-your-hazard": (403, n("只有这次检查的两名检查人员或大队长可以办理。")),
    "term-required": (422, n("请填写改正期限（天数）和确定期限的理由（规定 §20）。")),
    "term-too-long": (422, n("改正期限 {days} 日超过上限 {longest} 日（{rule}，本系统默认，非法律规定）。")),
    "term-not-for-immediate": (422, n("责令立即改正不设改正期限，请把天数留空。")),
    "hazard-not-due": (409, n("这条隐患现在不需要复查。")),
    "reinspection-underway": (409, n("隐患 {number} 的复查正在进行，请先完成它。")),
    "no-extension-here": (409, n("只有改正期限还在走的限期改正可以申请延期。")),
    "extension-used": (409, n("延期只能申请一次（{rule}，本系统默认，非法律规定）。")),
    "term-over": (409, n("改正期限已于 {due} 届满，不能再申请延期。")),
    "file-type": (415, n("不接收这种文件。请上传照片（JPEG、PNG、WebP）、PDF 或 MP4 视频。")),
    "file-too-large": (413, n("文件 {name} 有 {size} 字节，超过上限 {limit} 字节。请压缩后再传。")),
    "file-unknown": (422, n("附件不存在或不是您上传的，请重新上传。")),
    "unknown-region": (422, n("区划代码 {region} 不在区划表中。请核对十二位代码。")),
    "region-elsewhere": (403, n("{region}不在您的管辖范围内。")),
    "no-brigade": (422, n("区划 {region} 还没有对应的消防救援大队，请先登记机构。")),
    "post-elsewhere": (422, n("选择的人员不在本单位任职，请重新选择。")),
    "served-before-issued": (422, n("送达时间早于文书制作时间 {issued}，请改正。")),
    "served-in-the-future": (422, n("送达时间 {served} 还没有到，请改正。")),
    "posts-not-combinable": (409, n("{user}的岗位不能与此岗位兼任：系统、安全、审计三员分立，也不兼业务岗位。")),
    "calendar-missing": (409, n("{year} 年的放假安排还没有载入，无法计算。可加 --provisional 暂按周一至周五计算。")),
    "unknown-rule": (404, n("没有规则 {id}。")),
    "unknown-law": (404, n("没有收录法规“{law}”。")),
    "unknown-article": (404, n("《{law}》没有第 {number} 条。")),
}  # fmt: skip


def answer(refusal: Refusal) -> Answer:
    """The sentence and status of a refusal; one not in the catalogue still says which it is."""
    status, template = _WORDS.get(refusal.code, (409, n("不能办理：{code}。{facts}")))
    facts = {name: _shown(value) for name, value in refusal.facts.items()}
    known = facts | {"code": refusal.code, "facts": "；".join(facts.values())}
    wanted = {name for _text, name, _spec, _conv in Formatter().parse(template) if name}
    return Answer(status, _(template).format(**{name: known.get(name, "") for name in wanted}))


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return "；".join(_shown(item) for item in value)
    if isinstance(value, Mapping):
        return f"{value.get('who', '')} {value.get('title', '')}".strip()
    return str(value)


# pydantic's error types → what to do about it.
_FIELD_WORDS: Mapping[str, str] = {
    "missing": n("请填写"),
    "string_too_short": n("至少填写 {min_length} 个字"),
    "string_too_long": n("不超过 {max_length} 个字"),
    "string_pattern_mismatch": n("格式不对，请核对"),
    "greater_than_equal": n("不小于 {ge}"),
    "less_than_equal": n("不大于 {le}"),
    "int_parsing": n("请填写整数"),
    "int_from_float": n("请填写整数"),
    "float_parsing": n("请填写数字"),
    "date_from_datetime_parsing": n("请按 年-月-日 填写日期"),
    "date_parsing": n("请按 年-月-日 填写日期"),
    "datetime_from_date_parsing": n("请按 年-月-日 时:分 填写时间"),
    "enum": n("请从选项中选择"),
    "literal_error": n("请从选项中选择"),
    "uuid_parsing": n("请从选项中选择"),
    "bool_parsing": n("请选择是或否"),
    "extra_forbidden": n("没有这一项，请去掉"),
    "too_short": n("请至少填写一项"),
}


def field_words(error: Mapping[str, object]) -> str:
    """One pydantic error as a Chinese sentence that names the remedy."""
    kind, context = str(error["type"]), error.get("ctx")
    facts = context if isinstance(context, Mapping) else {}
    if kind == "value_error":
        return str(facts.get("error", ""))
    template = _FIELD_WORDS.get(kind, n("填写有误，请核对"))
    wanted = {name for _text, name, _spec, _conv in Formatter().parse(template) if name}
    return _(template).format(**{name: facts.get(name, "") for name in wanted})
