"""Reading what a draw is made from: two CSV files and the parameters, each wrong value named."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from fengsui.kernel.refusal import Refusal
from fengsui.supervision.draw.rules import Officer, Params, Unit

_DIGITS = re.compile(r"[0-9]+")
_HEAVIEST = 2**32 - 1
_LONGEST = 18  # digits of a number that anybody means
_FEWEST_OFFICERS = 2  # 行政处罚法 §42; also the rule G-2OFF
_KNOWN = ("draw_id", "quota", "order", "officers_per_unit", "reserve", "conflicts")


def read_units(text: str) -> list[Unit]:
    """`code,stratum,weight[,brigade]`. Refuses `draw-input-invalid` with row and column."""
    units = [
        Unit(
            _text(row, "code", place),
            _text(row, "stratum", place),
            _integer(row.get("weight"), place, "weight", 1, _HEAVIEST),
            _text(row, "brigade", place, may_be_empty=True),
        )
        for place, row in _rows(text, "场所", ("code", "stratum", "weight"))
    ]
    _no_twins([unit.code for unit in units], "场所", "code")
    return units


def read_officers(text: str) -> list[Officer]:
    """`id,brigade,lead,capacity`. Refuses `draw-input-invalid` with row and column."""
    officers = [
        Officer(
            _text(row, "id", place),
            _text(row, "brigade", place, may_be_empty=True),
            _integer(row.get("lead"), place, "lead", 0, 1),
            _integer(row.get("capacity"), place, "capacity", 0, None),
        )
        for place, row in _rows(text, "人员", ("id", "brigade", "lead", "capacity"))
    ]
    _no_twins([officer.id for officer in officers], "人员", "id")
    return officers


def read_params(
    said: Mapping[str, Any], units: Sequence[Unit], officers: Sequence[Officer]
) -> Params:
    """Parameters with their defaults, checked against the pools. Refuses `draw-input-invalid`."""
    for name in said:
        if name not in _KNOWN:
            raise _invalid("参数", name, "不认识的参数", f"只能是 {'、'.join(_KNOWN)}")
    quota = _quota(said.get("quota"), units)
    return Params(
        draw_id=_plain(said.get("draw_id", ""), "参数", "draw_id", may_be_empty=True),
        quota=quota,
        order=_order(said.get("order"), quota),
        officers_per_unit=_whole(
            said.get("officers_per_unit", _FEWEST_OFFICERS), "officers_per_unit", _FEWEST_OFFICERS
        ),
        reserve=_whole(said.get("reserve", 0), "reserve", 0),
        conflicts=_conflicts(said.get("conflicts", []), units, officers),
    )


def read_seed(text: object) -> str:
    """64 hexadecimal digits, in lower case. Refuses `draw-input-invalid`."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise _invalid("种子", "seed", "不是 64 位十六进制数", "核对种子")
    return text.lower()


def _rows(text: str, table: str, wanted: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        _check_header(reader.fieldnames or (), table, wanted)
        for row in reader:
            yield f"{table}第 {reader.line_num} 行", row
    except csv.Error as error:
        place = f"{table}第 {reader.reader.line_num} 行"
        raise _invalid(place, "", "引号不成对，或者一格过长", "更正这一行") from error


def _check_header(columns: Sequence[str], table: str, wanted: Sequence[str]) -> None:
    for name in (*wanted, "brigade"):
        if name in wanted and name not in columns:
            raise _invalid(f"{table}第 1 行", name, "缺少这一列", "补上表头")
        if columns.count(name) > 1:
            raise _invalid(f"{table}第 1 行", name, "这一列出现两次", "只留一列")


def _text(row: Mapping[str, Any], name: str, place: str, *, may_be_empty: bool = False) -> str:
    return _plain(row.get(name, ""), place, name, may_be_empty=may_be_empty)


def _plain(value: object, place: str, name: str, *, may_be_empty: bool = False) -> str:
    if value is None:
        value = ""  # a row that ends before this column
    if not isinstance(value, str):
        raise _invalid(place, name, "不是文字", "写成文字")
    if not value and not may_be_empty:
        raise _invalid(place, name, "是空的", "填写")
    if "|" in value or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in value):
        raise _invalid(place, name, "含有竖线或控制字符", "去掉这些字符")
    return value


def _integer(value: object, place: str, name: str, least: int, most: int | None) -> int:
    if not isinstance(value, str) or not _DIGITS.fullmatch(value):
        raise _invalid(place, name, f"“{value or ''}”不是整数", "填写十进制整数")
    digits = value.lstrip("0") or "0"
    number = int(digits) if len(digits) <= _LONGEST else None
    if number is None or number < least or (most is not None and number > most):
        bound = f"{least} 到 {most} 的整数" if most is not None else f"不小于 {least} 的整数"
        raise _invalid(place, name, f"{value[:40]} 超出范围", f"填写 {bound}")
    return number


def _whole(value: object, name: str, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise _invalid("参数", name, f"{value!r} 不对", f"填写不小于 {least} 的整数")
    return value


def _quota(said: object, units: Sequence[Unit]) -> dict[str, int]:
    if not isinstance(said, Mapping):
        raise _invalid("参数", "quota", "缺少或不是对象", "写成 {层: 数量}")
    sizes: dict[str, int] = {}
    for unit in units:
        sizes[unit.stratum] = sizes.get(unit.stratum, 0) + 1
    for stratum, number in said.items():
        _whole(number, f"quota.{stratum}", 0)
        if stratum not in sizes:
            raise _invalid("参数", f"quota.{stratum}", "这一层没有场所", "核对层的名称")
        if number > sizes[stratum]:
            problem = f"抽取 {number} 个，多于这一层的 {sizes[stratum]} 个"
            raise _invalid("参数", f"quota.{stratum}", problem, "减少数量")
    return dict(said)


def _order(said: object, quota: Mapping[str, int]) -> tuple[str, ...]:
    if said is None:
        return tuple(sorted(quota))
    if not isinstance(said, list) or not all(isinstance(name, str) for name in said):
        raise _invalid("参数", "order", "不是层名的列表", "写成 [层, 层]")
    if sorted(said) != sorted(quota):
        raise _invalid("参数", "order", "没有把 quota 的每一层各写一次", "补齐或去掉重复的层")
    return tuple(said)


def _conflicts(
    said: object, units: Sequence[Unit], officers: Sequence[Officer]
) -> tuple[tuple[str, str], ...]:
    if not isinstance(said, list):
        raise _invalid("参数", "conflicts", "不是列表", "写成 [[人员, 场所], …]")
    ids, codes = {officer.id for officer in officers}, {unit.code for unit in units}
    pairs: list[tuple[str, str]] = []
    for number, pair in enumerate(said):
        place = f"conflicts[{number}]"
        if not isinstance(pair, list) or [type(part) for part in pair] != [str, str]:
            raise _invalid("参数", place, "不是一对 [人员, 场所]", "写成两个文字")
        if pair[0] not in ids:
            raise _invalid("参数", place, f"没有人员 {pair[0]}", "核对人员编号")
        if pair[1] not in codes:
            raise _invalid("参数", place, f"没有场所 {pair[1]}", "核对场所编码")
        pairs.append((pair[0], pair[1]))
    return tuple(pairs)


def _no_twins(names: Sequence[str], table: str, column: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise _invalid(table, column, f"“{name}”出现两次", "去掉重复的一行")
        seen.add(name)


def _invalid(place: str, field: str, problem: str, remedy: str) -> Refusal:
    return Refusal("draw-input-invalid", place=place, field=field, problem=problem, remedy=remedy)
