"""What a refusal says to a person, and with which HTTP status: one catalogue for every edge, filled by the packages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n

from fengsui.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str


Words = Mapping[str, tuple[int, str]]

# What every package may say; a package's own refusals stand in its `words.py`.
_WORDS: dict[str, tuple[int, str]] = {
    "not-found": (404, n("没有找到，或者不在您的管辖范围内。")),
    "forbidden": (403, n("{post}不能办理“{action}”（依据：{source}）。如需办理，请切换岗位或联系有权的人员。")),
    "illegal-move": (409, n("当前状态是“{state}”，不能进行“{move}”。请刷新后按当前状态办理。")),
    "changed-meanwhile": (409, n("在您填写期间，别人已经办理了这条记录：{changes}。您填写的内容仍在，请核对后再提交。")),
    "key-reused": (422, n("同一个提交编号用在了不同的内容上，请重新打开页面再提交。")),
    "id-taken": (409, n("编号 {id} 已经有记录在用，请换一个编号再提交。")),
    "nothing-to-reveal": (422, n("{type}没有这一项可供查看的个人信息。请从列出的内容中选择。")),
    "inner-only": (409, n("“{action}”只能随其他办理一并完成，不能单独办理。")),
    "unknown-region": (422, n("区划代码 {region} 不在区划表中。请核对十二位代码。")),
    "region-elsewhere": (403, n("{region}不在您的管辖范围内。")),
    "calendar-missing": (409, n("{year} 年的放假安排还没有载入，无法计算。可加 --provisional 暂按周一至周五计算。")),
    "notice-unreadable": (422, n("放假安排文件 {file} 不能用：{problem}。请照 2026.yaml 的写法改正：year、version、source、tag、holidays。")),
    "calendar-invalid": (422, n("{year} 年放假安排 {day} 有误：{problem}。请{remedy}。")),
    "key-missing": (500, n("密钥文件 {path} 不存在。请从备份恢复，或在新的目录运行 fengsui init。")),
    "home-not-a-demo": (409, n("{home} 不是演示数据目录，为免覆盖已停止。请另设 FENGSUI_HOME。")),
    "boundaries-invalid": (422, n("边界文件{place}：{problem}。整个文件都没有载入，请改正后重来。")),
    "regions-invalid": (422, n("区划表第 {row} 行“{column}”列：{problem}。整张表都没有载入，请改正后重来。")),
    "rule-not-in-force": (409, n("规则 {id} 在 {on} 没有生效的版本（{versions}）。")),
    "rule-shape": (500, n("规则 {rule} 应当是{wanted}，请核对本地规则文件。")),
    "rulebook-invalid": (422, n("规则文件 {file} 第 {index} 条 {id} 的字段 {field}：{problem}。请{remedy}。")),
    "wrong-rule-type": (422, n("规则 {id} 的类型是 {type}，这里需要 {wanted}。")),
    "start-needs-time": (422, n("规则 {rule} 按小时计算，请写明起算时刻，例如 2026-09-30T10:00。")),
    "date-out-of-range": (422, n("规则 {rule} 从 {start} 起算，超出了公元 1 年至 9999 年。请核对起算时刻。")),
    "term-fixed": (422, n("规则 {rule} 的期限由法律规定为 {n}（{unit}），不能另填（{source}）。")),
    "term-out-of-range": (422, n("期限 {n} 超出允许范围，应在 1 到 {at_most} 之间。")),
    "unknown-extension": (422, n("规则 {rule} 没有“{extension}”这种延长事由；可用的有：{known}。")),
    "unknown-citation": (404, n("看不懂引用“{text}”中的“{part}”。请{remedy}。")),
    "statute-text-missing": (404, n("《{law}》的全文没有收录。")),
    "statute-version-missing": (404, n("《{law}》在 {on} 施行的文本没有收录。")),
    "frames-missing": (422, n("标准输入中没有报文。请每行写一帧的十六进制。")),
    "frame-invalid": (422, n("报文的字段 {field} 缺少或不对，请对照说明改正。")),
    "case-invalid": (422, n("案件字段 {field}：{problem}。请对照说明改正。")),
    "unknown-grade": (422, n("没有裁量档次“{grade}”。可用的档次：{known}。")),
    "unknown-penalty": (422, n("{on} 没有案由 {code_}。可用的案由：{known}。")),
    "file-unreadable": (422, n("文件 {file} 读不到：{why}。请核对路径。")),
    "json-invalid": (422, n("文件 {file} 不是合格的 JSON：{why}。")),
    "field-missing": (422, n("缺少字段 {field}，请填写。")),
    "field-invalid": (422, n("字段 {field} 的值 {value} 不对，应写成 {wanted}。")),
    "unknown-rule": (404, n("没有规则 {id}。{remedy}。")),
    "unknown-law": (404, n("没有收录法规“{law}”。")),
    "unknown-article": (404, n("《{law}》没有第 {number} 条。")),
}  # fmt: skip


def speak(words: Words) -> None:
    """Add a package's words. A code has one meaning in the house: a second one is a programming error."""
    if twice := words.keys() & _WORDS.keys():
        raise ValueError(f"refusals {sorted(twice)} are worded twice")
    _WORDS.update(words)


def template_of(code: str) -> str:
    """The sentence of a code with the places for its facts; nothing when it has no words."""
    return _WORDS.get(code, (0, ""))[1]


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
        said = (_moment(value.get("at", "")), value.get("who", ""), _(str(value.get("title", ""))))
        return " ".join(str(part) for part in said if part)
    return str(value)


def _moment(at: object) -> str:
    """An entry's moment as people read it: 11-23 14:05."""
    try:
        return timezone.localtime(datetime.fromisoformat(str(at))).strftime("%m-%d %H:%M")
    except ValueError:
        return ""


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
