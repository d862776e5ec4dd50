"""How a command joins `fengsui`: a parser with an example, and the function that runs it.

Modules here import Django only inside the functions that need it, so that `--help` is instant.
"""

import argparse
import os
from collections.abc import Callable

import django

Run = Callable[[argparse.Namespace], int]


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


def set_up() -> None:
    """Django, for commands that need the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengsui.settings")
    django.setup(set_prefix=False)


def say(text: str) -> None:
    print(text)
