"""The two tables as a page that people read."""

from itertools import groupby
from pathlib import Path
from typing import Any

from fengsui.platform.actions import ACTIONS, Action
from fengsui.platform.who import TITLES, PostKind
from tests.permissions.table import NOBODY, PEOPLE, ActionRow, UrlRow, action_rows, url_rows

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
PLACE_WORDS = {
    "everybody": "不限",
    "everywhere": "不限",
    "own region": "本辖区",
    "own unit": "本单位",
    "own organisation": "本机构",
    "own post": "本岗位",
}
HEAD = """\
# 谁能看，谁能办

本页由 `tests/permissions/urls.csv` 和 `tests/permissions/actions.csv` 生成（`python -m tests.permissions.render`）。
两张表由人逐格写定，测试拿它们核对整个系统：多一个页面、少一个办理，或者一格不符，测试都不通过。
管理人即单位消防安全管理人；系统、安全、审计三员分立，不看业务数据（GB/T 22239—2019 8.1.4）。
"""


def post(kind: str) -> str:
    return "未登录者" if kind == NOBODY else str(TITLES[PostKind(kind)])


def people(kinds: list[str]) -> str:
    """Names of posts; all of them, or none, said in one word."""
    if {kind.value for kind in PEOPLE} <= set(kinds):
        return "所有人" if NOBODY in kinds else "所有登录的人"
    return "、".join(post(kind) for kind in kinds) or "无"


def actions_page(rows: list[ActionRow]) -> list[str]:
    lines = ["## 办理", ""]
    for what, group in groupby(rows, key=lambda row: ACTIONS[row.action].of):
        lines += [f"### {what.title}", "", "| 办理 | 状态 | 谁可以 | 范围 | 限制 | 依据 |"]
        lines += ["| --- | --- | --- | --- | --- | --- |"]
        for action, same in groupby(group, key=lambda row: row.action):
            lines += [_action_line(ACTIONS[action], list(same))]
        lines += [""]
    return lines


def _action_line(declared: Action[Any], rows: list[ActionRow]) -> str:
    open_rows = [row for row in rows if row.allowed]
    states = "、".join(
        "新建" if row.state == "-" else declared.of.lifecycle.title(row.state) for row in open_rows
    )
    who = people(list(dict.fromkeys(kind for row in open_rows for kind in row.allowed)))
    first = open_rows[0]
    limits = "；".join(
        said for said in (f"仅{first.only}" if first.only else "", first.note) if said
    )
    where = PLACE_WORDS[first.place]
    return (
        f"| {declared.title} | {states} | {who} | {where} | {limits or '—'} | {declared.source} |"
    )


def address(row: UrlRow) -> str:
    """The name, and of which type where one page serves them all."""
    of = [said.removeprefix("plural=") for said in row.arguments.split() if "plural=" in said]
    return " ".join([row.name, *of])


def urls_page(rows: list[UrlRow]) -> list[str]:
    lines = ["## 页面和接口", "", "| 地址 | 谁可以打开 | 看不到（404） | 范围 | 说明 |"]
    lines += ["| --- | --- | --- | --- | --- |"]
    for row in rows:
        allowed = people([kind for kind, cell in row.cells.items() if cell == "allow"])
        hidden = "、".join(post(kind) for kind, cell in row.cells.items() if cell == "hidden")
        where = PLACE_WORDS[row.place]
        lines += [
            f"| `{address(row)}` | {allowed} | {hidden or '—'} | {where} | {row.note or '—'} |"
        ]
    return lines


def whole() -> str:
    body = [HEAD, *actions_page(action_rows()), *urls_page(url_rows())]
    return "\n".join(body) + "\n"
