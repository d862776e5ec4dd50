"""How a command joins `fengsui`: a parser with an example, and the function that runs it.

Modules here import Django only inside the functions that need it, so that `--help` is instant.
"""

import argparse
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

import django

Run = Callable[[argparse.Namespace], int]

# What argparse says → what we say, in this order.
_SAID = (
    (r"the following arguments are required: (.+)", "缺少 {}"),
    (r"unrecognized arguments: (.+)", "不认识 {}"),
    (r"ambiguous option: (.+) could match (.+)", "{} 不够明确，请写全：{}"),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", "{} 没有 {}，可用的有 {}"),
    (r"argument (.+?): invalid .+ value: (.+)", "{} 的值 {} 不对"),
    (r"argument (.+?): expected .+", "{} 后面缺少内容"),
    (r"argument (.+?): not allowed with argument (.+)", "{} 不能与 {} 同用"),
    (r"argument (.+?): ignored explicit argument (.+)", "{} 后面不带内容，却写了 {}"),
    (r"argument (.+?): (.+)", "{}：{}"),
)


class Parser(argparse.ArgumentParser):
    """Says wrong usage in one line, with where to read on."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{_in_words(' '.join(message.split()))}。用法见 {self.prog} --help\n")


def _in_words(message: str) -> str:
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, message):
            return words.format(*found.groups())
    return message


def group(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    what: str,
    example: str,
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    """Declare a command that only holds others."""
    made = commands.add_parser(name, help=what, description=what, epilog=f"例：{example}")
    return made.add_subparsers(required=True, metavar="COMMAND")


def add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Run,
    what: str,
    example: str,
    *,
    json: bool = False,
) -> argparse.ArgumentParser:
    """Declare one command; `json` gives it `--json`."""
    made = commands.add_parser(name, help=what, description=what, epilog=f"例：{example}")
    made.set_defaults(run=run)
    if json:
        made.add_argument("--json", action="store_true", help="以 JSON 输出")
    return made


def day(text: str) -> date:
    """A date as an argument."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2026-03-02") from None


def set_up() -> None:
    """Django, for commands that need the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengsui.settings")
    django.setup(set_prefix=False)


def say(text: str) -> None:
    print(text)


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a longer report, and the facts in it for programs."""

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def tell(lines: Iterable[Said], *, as_json: bool) -> None:
    """Each line as soon as it is known; for programs all facts together, lists of one name joined."""
    facts: dict[str, Any] = {}
    for line in lines:
        if not as_json:
            say(line.text)
        for name, value in line.facts.items():
            facts[name] = facts.get(name, []) + value if isinstance(value, list) else value
    if as_json:
        say(json.dumps(facts, ensure_ascii=False))
