"""What is derived from records and can be made anew: `search rebuild`, `recount`."""

import argparse
from collections.abc import Iterator

from fengsui.commands.declare import Said, add, set_up, tell

_SAID_EVERY = 10_000


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = add(commands, "search", rebuild, "重建查找索引", "fengsui search rebuild", json=True)
    made.add_argument("what", choices=("rebuild",), help="rebuild：重建，可中断后接着做")
    made.add_argument("--from-start", action="store_true", help="不接着上次，从头重建")
    add(
        commands,
        "recount",
        recount,
        "重新统计各区划的数量（维护时用）",
        "fengsui recount",
        json=True,
    )


def recount(arguments: argparse.Namespace) -> int:
    """Count every counted type anew from its rows."""
    set_up()
    from fengsui.platform.counters import store
    from fengsui.platform.records import RECORD_TYPES

    types = [of for of in RECORD_TYPES.values() if of.counted]
    made = ((of, store.recount(of)) for of in types)
    lines = (Said(f"{of.title}：{count}", {of.plural: count}) for of, count in made)
    tell(lines, as_json=arguments.json)
    return 0


def rebuild(arguments: argparse.Namespace) -> int:
    """Tell every record anew in short transactions; people may work meanwhile."""
    set_up()
    tell(_rebuilt(from_start=arguments.from_start), as_json=arguments.json)
    return 0


def _rebuilt(*, from_start: bool) -> Iterator[Said]:
    from fengsui.platform.search import store

    for of in store.searchable():
        if from_start:
            store.restart(of)
        done = 0
        while step := store.rebuild_step(of):
            done += step
            if done % _SAID_EVERY == 0:
                yield Said(f"{of.title}：{done}")
        yield Said(f"{of.title}：{done}，完成", {of.plural: done})
