"""The search index: `search rebuild`."""

import argparse

from fengsui.commands.declare import add, say, set_up

_SAID_EVERY = 10_000


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = add(commands, "search", rebuild, "重建查找索引", "fengsui search rebuild")
    made.add_argument("what", choices=("rebuild",), help="rebuild：重建，可中断后接着做")
    made.add_argument("--from-start", action="store_true", help="不接着上次，从头重建")


def rebuild(arguments: argparse.Namespace) -> int:
    """Tell every record anew in short transactions; people may work meanwhile."""
    set_up()
    from fengsui.platform.search import store

    for of in store.searchable():
        if arguments.from_start:
            store.restart(of)
        done = 0
        while step := store.rebuild_step(of):
            done += step
            if done % _SAID_EVERY == 0:
                say(f"{of.title}：{done}")
        say(f"{of.title}：{done}，完成")
    return 0
