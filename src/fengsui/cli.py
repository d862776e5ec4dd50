"""The command `fengsui`. Exit 0 done, 1 refused or failed, 2 wrong usage."""

import argparse
import sys
from collections.abc import Sequence

from django.db import Error as DatabaseError

from fengsui.commands import (
    access,
    asking,
    calendars,
    drawing,
    frames,
    jobs,
    judging,
    operating,
    proof,
    running,
    searching,
    tables,
)
from fengsui.commands.declare import Run, set_up
from fengsui.kernel.refusal import Refusal

_GROUPS = (
    asking,
    judging,
    drawing,
    frames,
    running,
    proof,
    access,
    tables,
    jobs,
    operating,
    searching,
    calendars,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; what it says no to goes to standard error in one line."""
    arguments = _parser().parse_args(argv)
    run: Run = arguments.run
    try:
        return run(arguments)
    except Refusal as no:
        print(_words(no), file=sys.stderr)
        return 1
    except DatabaseError as away:
        print(
            f"数据库不能用（{away}）。请先运行 fengsui check，核对 FENGSUI_HOME 和 FENGSUI_DATABASE_URL。",
            file=sys.stderr,
        )
        return 1


def _words(no: Refusal) -> str:
    set_up()
    from fengsui.platform.words import answer

    return answer(no).text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fengsui", description="烽燧：消防救援支队工作系统")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in _GROUPS:
        group.declare(commands)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
