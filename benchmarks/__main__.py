"""`python -m benchmarks`: measure every figure anew, print the tables, write docs/performance.md.

`--short` measures each once, to see that all still runs, and writes nothing. `--rows 100000` imports
that many rows for P9. One figure on one
database runs in a process of its own, in a home of its own, with the settings that ship.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks import demo, machine, report
from benchmarks.rounds import SHORT, Line, Size
from tests.postgres import BIN, cluster

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"
# The figure of quality.md, its module, and the databases that it differs on.
FIGURES = {
    "P6 map": ("p6_map", ("SQLite", "PostgreSQL")),
    "P13": ("p13_perform", ("SQLite", "PostgreSQL")),
    "P9": ("p9_import", ("SQLite",)),
    "P10": ("p10_documents", ("SQLite",)),
    "perform_many": ("many", ("SQLite", "PostgreSQL")),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--one", metavar="MODULE", help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=Size.rows, help="rows of the table of P9")
    arguments = parser.parse_args()
    size = SHORT if arguments.short else Size(rows=arguments.rows)
    if arguments.one:
        for line in measured_here(arguments.one, size):
            print(json.dumps(line.as_json(), ensure_ascii=False))
        return
    page = report.page(machine.lines(), all_figures(size))
    page += "\n" + demo.section(ROOT, arguments.short)
    print(page)
    if not arguments.short:
        PAGE.write_text(page, "utf-8")


def all_figures(size: Size) -> dict[tuple[str, str], list[Line]]:
    """The lines of each figure on each database that is there, empty at the start."""
    there = {"SQLite"} | ({"PostgreSQL"} if (BIN / "initdb").exists() else set())
    return {
        (figure, database): _on(database, module, size)
        for figure, (module, databases) in FIGURES.items()
        for database in databases
        if database in there
    }


def _on(database: str, module: str, size: Size) -> list[Line]:
    if database == "SQLite":
        return _apart(module, "", size)
    with cluster("-c fsync=on") as url:
        return _apart(module, url, size)


def _apart(module: str, url: str, size: Size) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="fengsui-bench-") as home:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "FENGSUI_TESTING"},
            "FENGSUI_HOME": home,
            "FENGSUI_DATABASE_URL": url or f"sqlite:///{home}/fengsui.sqlite3",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        command = [sys.executable, "-m", "benchmarks", "--one", module]
        said = subprocess.run(
            [*command, *(["--short"] if size == SHORT else ["--rows", str(size.rows)])],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            cwd=ROOT,
        )
    return [Line.from_json(json.loads(line)) for line in said.stdout.splitlines()]


def measured_here(module: str, size: Size) -> list[Line]:
    """The lines of one figure in this process, on the database that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "fengsui.settings"
    setup = import_module("django").setup
    setup()
    import_module("fengsui.commands.install").prepare()
    return list(import_module(f"benchmarks.{module}").figures(size))


if __name__ == "__main__":
    main()
