"""Data from tables: `import regions`."""

import argparse
from pathlib import Path

from fengsui.commands.declare import add, say, set_up


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    kinds = commands.add_parser("import", help="导入数据").add_subparsers(required=True)
    made = add(
        kinds, "regions", regions, "导入区划表，整张或都不", "fengsui import regions 区划.csv"
    )
    made.add_argument("file", type=Path)


def regions(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.commands.regions import load

    say(f"区划 {load(arguments.file)} 条")
    return 0
