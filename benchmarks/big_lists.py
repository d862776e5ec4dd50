"""P6: every list, search and record page with a million premises against the same with a thousand.

`python -m benchmarks.big_lists [--large 1000000] [--keep FOLDER]`. Each register is filled in a database and
a process of its own, with the settings that ship; pages go through the whole stack of views.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.postgres import BIN, cluster

ROOT = Path(__file__).parents[1]
SMALL, LARGE = 1_000, 1_000_000
LISTS_BAR, SEARCH_BAR, MS_BAR = 1.5, 3.0, 300.0


@dataclass(frozen=True)
class Measured:
    """One page as one post sees it: p95 in milliseconds and the number of queries."""

    who: str
    page: str
    p95: float
    queries: int
    status: int


def _fill_and_measure(size: int, times: int) -> None:
    """In a process of its own: fill if nobody has, then measure; one line a page."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "fengsui.settings"
    import_module("django").setup()
    import_module("fengsui.commands.install").prepare()
    for line in import_module("benchmarks.seen").measured(size, times):
        print(json.dumps(asdict(line)))


def _apart(size: int, times: int, home: Path, url: str) -> list[Measured]:
    home.mkdir(parents=True, exist_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if name != "FENGSUI_TESTING"},
        "FENGSUI_HOME": str(home),
        "FENGSUI_DATABASE_URL": url or f"sqlite:///{home}/fengsui.sqlite3",
        "FENGSUI_SECOND_FACTOR": "offered",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    command = [sys.executable, "-m", "benchmarks.big_lists", "--fill", str(size), "--times"]
    said = subprocess.run(
        [*command, str(times)], env=environment, stdout=subprocess.PIPE, text=True, check=True,
        cwd=ROOT,
    )  # fmt: skip
    return [Measured(**json.loads(line)) for line in said.stdout.splitlines()]


def compare(small: Sequence[Measured], large: Sequence[Measured]) -> list[str]:
    """A table: both times, their ratio, the queries, and what misses its bar."""
    rows = [
        "| post | page | small ms | large ms | ratio | queries | |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one, other in zip(small, large, strict=True):
        ratio = other.p95 / one.p95
        missed = "、".join(_missed(one, other))
        rows.append(
            f"| {one.who} | `{one.page[:40]}` | {one.p95:.1f} | {other.p95:.1f} | {ratio:.2f}"
            f" | {one.queries} / {other.queries} | {missed} |"
        )
    return rows


def _missed(one: Measured, other: Measured) -> list[str]:
    bar = SEARCH_BAR if "q=" in one.page else LISTS_BAR
    return [
        word
        for word, is_missed in (
            ("queries", one.queries != other.queries),
            ("ratio", other.p95 / one.p95 > bar),
            ("300 ms", other.p95 > MS_BAR),
            (f"status {other.status}", {one.status, other.status} != {200}),
        )
        if is_missed
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=LARGE)
    parser.add_argument("--times", type=int, default=21)
    parser.add_argument("--keep", type=Path, help="keep the filled databases (SQLite) here")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead")
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.fill:
        _fill_and_measure(given.fill, given.times)
        return
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as folder:
        homes = [Path(str(folder)) / str(size) for size in (SMALL, given.large)]
        both = [
            _on(size, given, home) for size, home in zip((SMALL, given.large), homes, strict=True)
        ]
    print("\n".join(compare(*both)))


def _on(size: int, given: Any, home: Path) -> list[Measured]:
    if not given.postgres:
        return _apart(size, given.times, home, "")
    if not (BIN / "initdb").exists():
        raise SystemExit("PostgreSQL 15 is not installed")
    with cluster("-c fsync=on") as url:
        return _apart(size, given.times, home, url)


if __name__ == "__main__":
    main()
