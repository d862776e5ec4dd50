"""P6: every list, search and record page with a million premises against the same with a thousand.

`python -m benchmarks.big_lists [--large 1000000] [--keep FOLDER] [--postgres]`. Each register is filled
in a database and a process of its own, with the settings that ship; pages go through the whole stack
of views. Both sides are asked in turn, page by page.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.postgres import BIN, cluster

ROOT = Path(__file__).parents[1]
SMALL, LARGE = 1_000, 1_000_000
LISTS_BAR, SEARCH_BAR, MS_BAR = 1.5, 3.0, 300.0


@dataclass(frozen=True)
class Times:
    """One page on one register: ms of each request by the clock and of its process, queries, status."""

    spent: list[tuple[float, float]]
    queries: int
    status: int

    @property
    def p95(self) -> float:
        return self._at(0.95, 0)

    @property
    def work(self) -> float:
        """The median of what the process itself worked."""
        return self._at(0.5, 1)

    def _at(self, share: float, which: int) -> float:
        ordered = sorted(one[which] for one in self.spent)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass(frozen=True)
class Compared:
    """One page as one post sees it, on both registers."""

    who: str
    page: str
    small: Times
    large: Times

    @property
    def ratio(self) -> float:
        return self.large.p95 / self.small.p95

    def missed(self) -> list[str]:
        """What of its bar the page misses."""
        bar = SEARCH_BAR if "q=" in self.page else LISTS_BAR
        faults = {
            "queries": self.small.queries != self.large.queries,
            "ratio": self.ratio > bar,
            "300 ms": self.large.p95 > MS_BAR,
            f"status {self.large.status}": {self.small.status, self.large.status} != {200},
        }
        return [word for word, is_missed in faults.items() if is_missed]

    def row(self) -> str:
        small, large = self.small, self.large
        return (
            f"| {self.who} | `{self.page[:50]}` | {small.p95:.1f} | {large.p95:.1f}"
            f" | {self.ratio:.2f} | {small.work:.1f} | {large.work:.1f}"
            f" | {large.work / small.work:.2f} | {small.queries} / {large.queries}"
            f" | {'、'.join(self.missed())} |"
        )


class Side:
    """A register in a process of its own that answers one line for each line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.pages: list[list[str]] = self._said()

    def ask(self, word: str, number: int) -> Any:
        said = self._process.stdin
        assert said is not None
        said.write(f"{word} {number}\n")
        said.flush()
        return self._said()

    def _said(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


def compare(sides: tuple[Side, Side], times: int) -> Iterator[Compared]:
    """Page by page: once to count queries and warm up, then in turn, either side first."""
    for number, (who, page) in enumerate(sides[0].pages):
        asked = [side.ask("count", number) for side in sides]
        spent: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
        for turn in range(times):
            for which in (turn % 2, 1 - turn % 2):
                spent[which].append(sides[which].ask("time", number))
        small, large = (Times(ms, *said) for ms, said in zip(spent, asked, strict=True))
        yield Compared(who, page, small, large)


def table(found: list[Compared]) -> str:
    """p95 of both and their ratio; the same of the process's own work; queries; what is missed."""
    good = sum(not one.missed() for one in found)
    return "\n".join(
        [
            "| post | page | small ms | large ms | ratio | small work | large work | ratio | queries | missed |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
            *(one.row() for one in found),
            f"\n{good} of {len(found)} pages within their bars.",
        ]
    )


@contextmanager
def _side(size: int, home: Path, url: str) -> Iterator[Side]:
    home.mkdir(parents=True, exist_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if name != "FENGSUI_TESTING"},
        "FENGSUI_HOME": str(home),
        "FENGSUI_DATABASE_URL": url or f"sqlite:///{home}/fengsui.sqlite3",
        "FENGSUI_SECOND_FACTOR": "offered",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    command = [sys.executable, "-m", "benchmarks.big_lists", "--serve", str(size)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=environment, stdin=pipe, stdout=pipe, text=True, cwd=ROOT
    ) as process:
        yield Side(process)
        process.terminate()


def _serve(size: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "fengsui.settings"
    import_module("django").setup()
    import_module("fengsui.commands.install").prepare()
    import_module("benchmarks.seen").serve(size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=LARGE)
    parser.add_argument("--times", type=int, default=21)
    parser.add_argument("--keep", type=Path, help="keep the filled databases (SQLite) here")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        _serve(given.serve)
        return
    if given.postgres and not (BIN / "initdb").exists():
        raise SystemExit("PostgreSQL 15 is not installed")
    with ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sizes = (SMALL, given.large)
        urls = [
            stack.enter_context(cluster("-c fsync=on")) if given.postgres else "" for _ in sizes
        ]
        small, large = (
            stack.enter_context(_side(size, folder / str(size), url))
            for size, url in zip(sizes, urls, strict=True)
        )
        print(table(list(compare((small, large), given.times))))


if __name__ == "__main__":
    main()
