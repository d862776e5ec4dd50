"""Write docs/states.md anew from the declared records and actions.

    python -m tools.states

One diagram a record type: its states, what leads from one to another, who may and by which article.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

TARGET = Path(__file__).parents[1] / "docs" / "states.md"
COMMAND = "python -m tools.states"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengsui.settings")
    django.setup()
    TARGET.write_text(page(), "utf-8")
    print(TARGET)


def page() -> str:
    """The whole page, the same text for the same declarations."""
    from fengsui.platform.records import RECORD_TYPES  # noqa: PLC0415  declared once Django is up

    parts = [
        "# 状态与办理\n",
        f"本页由 `{COMMAND}` 根据记录类型和动作的声明生成，请勿手改。",
        "箭头上写的是办理名称、可以办理的岗位和依据；带“（内部）”的只在另一个办理之中发生。\n",
    ]
    for name in sorted(RECORD_TYPES):
        parts.extend(_section(RECORD_TYPES[name]))
    return "\n".join(parts)


def _section(of: Any) -> Iterator[str]:
    from fengsui.platform.declared import actions_of  # noqa: PLC0415  as above

    declared = sorted(actions_of(of), key=lambda action: action.name)
    yield f"## {of.title} `{of.name}`\n"
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in of.lifecycle.states:
        yield f'    state "{of.lifecycle.title(state)}" as {state}'
    yield from _edges(of, declared)
    yield "```\n"
    staying = [action for action in declared if action.move is None]
    if staying:
        yield "不改变状态的办理：\n"
        yield "| 办理 | 岗位 | 依据 |"
        yield "| --- | --- | --- |"
        for action in staying:
            yield f"| {_title(action)} | {_posts(action)} | {action.source} |"
        yield ""


def _edges(of: Any, declared: list[Any]) -> Iterator[str]:
    begun = [action for action in declared if action.creates]
    yield from (f"    [*] --> {of.lifecycle.initial}: {_label(action)}" for action in begun)
    if not begun:
        yield f"    [*] --> {of.lifecycle.initial}: 随其他办理产生"
    for source, move, target in of.lifecycle.edges():
        yield from (f"    {source} --> {target}: {said}" for said in _moved(of, move, declared))
    ends = (state for state in of.lifecycle.states if not of.lifecycle.moves_from(state))
    yield from (f"    {state} --> [*]" for state in ends)


def _moved(of: Any, move: Any, declared: list[Any]) -> list[str]:
    """Who makes a move; one without an action of its own happens along with others (a task is done)."""
    said = [_label(action) for action in declared if action.move == move]
    return said or [f"{of.lifecycle.title(move)}<br>随其他办理发生"]


def _label(action: Any) -> str:
    """One line under an arrow; mermaid reads a colon or semicolon as its own."""
    text = f"{_title(action)}<br>{_posts(action)}<br>{action.source}"
    return text.replace(":", "：").replace(";", "；")


def _title(action: Any) -> str:
    return f"{action.title}（内部）" if action.inner else str(action.title)


def _posts(action: Any) -> str:
    from fengsui.platform.who import TITLES, PostKind  # noqa: PLC0415  as above

    return "、".join(str(TITLES[kind]) for kind in PostKind if kind in action.posts)


if __name__ == "__main__":
    main()
