"""The command `fengsui`. Exit 0 done, 1 refused or failed, 2 wrong usage."""

import argparse
import os
import sys
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured
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
    sheets,
    tables,
)
from fengsui.commands.declare import Parser, Run, set_up
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
    sheets,
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
        code = run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_output()
        return 1
    except (Refusal, DatabaseError, ImproperlyConfigured, OSError) as no:
        print(_words(no), file=sys.stderr)
        return 1
    return code


def _let_go_of_output() -> None:
    """Who read our output has gone (`| head`): what is left is not for anybody."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _words(no: Exception) -> str:
    if isinstance(no, DatabaseError):
        return f"数据库不能用（{no}）。请先运行 fengsui check，核对 FENGSUI_HOME 和 FENGSUI_DATABASE_URL。"
    if isinstance(no, OSError):
        return (
            f"{no.filename or '文件'} 不能用（{no.strerror or no}）。请核对路径、权限和磁盘空间。"
        )
    if isinstance(no, Refusal):
        return _refusal(no)
    return str(no)


def _refusal(no: Refusal) -> str:
    try:
        set_up()
    except ImproperlyConfigured as wrong:
        return str(wrong)
    from fengsui.platform.words import answer

    return answer(no).text


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="fengsui",
        description="烽燧：消防救援支队工作系统",
        epilog="例：fengsui deadline T-18b --from 2026-09-30T10:00",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in _GROUPS:
        group.declare(commands)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
