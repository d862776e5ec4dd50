"""Reading rule files, with every complaint in Chinese and at its exact place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from fengsui.kernel.refusal import Refusal

T = TypeVar("T")

_PROBLEMS = {
    "missing": ("缺少此字段", "补上此字段"),
    "extra_forbidden": ("不认识的字段", "删去，或更正字段名"),
    "union_tag_not_found": (
        "缺少规则类型",
        "写 type: deadline、constraint、frequency、value、checklist、threshold、kinds、standard 或 penalties",
    ),
    "union_tag_invalid": (
        "不认识的规则类型",
        "写 deadline、constraint、frequency、value、checklist、threshold、kinds、standard 或 penalties",
    ),
    "literal_error": ("不在允许的取值之内", "改为文档所列取值之一"),
    "string_pattern_mismatch": ("写法不合格式", "对照 docs/rulebook.md 更正"),
    "string_too_short": ("文字为空或过短", "写完整"),
    "greater_than_equal": ("数值过小", "填写不小于一的整数"),
}
_OTHER = ("值的类型不对", "对照 docs/rulebook.md 更正")


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule as written: its file, its place in the file (from 1) and its raw fields."""

    path: Path
    index: int
    fields: Mapping[str, Any]


class _Loader(yaml.SafeLoader):
    """Safe loading that refuses a field written twice: of two numbers none may win silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    problem=f"字段 {key} 写了两次", problem_mark=node.start_mark
                )
        return super().construct_mapping(node, deep)


def read_entries(path: Path) -> Iterator[Entry]:
    """The rules of one file. Refuses `rulebook-invalid`."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise _broken(path, "文件读不到", "核对路径与权限") from error
    except UnicodeDecodeError as error:
        raise _broken(path, "不是 UTF-8 文字", "以 UTF-8 保存") from error
    except yaml.YAMLError as error:
        raise _broken(path, f"不是合法的 YAML：{_line(error)}", "更正缩进与括号") from error
    if isinstance(raw, dict) and set(raw) == {"rules"}:
        raw = raw["rules"]
    if not isinstance(raw, list):
        raise _broken(path, "顶层应是规则列表", "逐条列出，或写在 rules: 之下")
    yield from _entries(path, raw)


def _entries(path: Path, raw: list[Any]) -> Iterator[Entry]:
    for index, fields in enumerate(raw, start=1):
        if not isinstance(fields, dict):
            raise invalid(Entry(path, index, {}), "", "这一条不是字段表", "写成 字段: 值")
        yield Entry(path, index, fields)


def validate(adapter: TypeAdapter[T], entry: Entry) -> T:
    """The rule, or the first complaint as a refusal."""
    try:
        return adapter.validate_python(entry.fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = _place(first, entry)
        problem, remedy = _complaint(first, entry)
        raise invalid(entry, place, problem, remedy) from error


def invalid(entry: Entry, field: str, problem: str, remedy: str) -> Refusal:
    return Refusal(
        "rulebook-invalid",
        file=str(entry.path),
        index=entry.index,
        id=str(entry.fields.get("id", "")),
        field=field,
        problem=problem,
        remedy=remedy,
    )


def _complaint(first: ErrorDetails, entry: Entry) -> tuple[str, str]:
    """Problem and remedy in Chinese; the wrong value is quoted where there is one."""
    kind = first["type"]
    problem, remedy = _PROBLEMS.get(kind, _OTHER)
    if kind == "value_error":
        return str(first["ctx"]["error"]), "按说明更正"
    if kind in ("missing", "union_tag_not_found"):
        return problem, remedy
    wrong = entry.fields.get("type") if kind == "union_tag_invalid" else first["input"]
    return f"{problem}：{wrong!r}", remedy


def _place(first: ErrorDetails, entry: Entry) -> str:
    """The dotted field; without the rule's type and the names of alternatives, counted from 0."""
    if first["type"].startswith("union_tag"):
        return "type"
    loc = first["loc"]
    inside = loc[1:] if loc and loc[0] == entry.fields.get("type") else loc
    known = [str(part) for part in inside if isinstance(part, int) or part.isidentifier()]
    return ".".join(part for part in known if part not in ("int", "str", "decimal"))


def _broken(path: Path, problem: str, remedy: str) -> Refusal:
    return invalid(Entry(path, 0, {}), "", problem, remedy)


def _line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    said = error.problem if isinstance(error, yaml.constructor.ConstructorError) else ""
    place = f"第 {mark.line + 1} 行" if mark else "无法解析"
    return f"{place}，{said}" if said else place
