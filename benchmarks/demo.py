"""What `fengsui demo` costs, part by part: ledger entries, rows of tables, seconds."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_UNTIL = "2026-03-13"
_ABOUT = """## `fengsui demo`: what each part costs (SQLite)

Bar: the full scale within 120 s on two cores, aim 60 s; the small one within 20 s. Entries are ledger entries:
a batch of a table is one for each action, however many rows it has. The sum has what stands before the first
entry (tables of the database, divisions, outlines) and the shared password. Played to {until}; load average {load:.1f} at the start.

| scale | part | entries | rows | seconds | of a core |
| --- | --- | --- | --- | --- | --- |
"""


def section(root: Path, short: bool) -> str:
    """The section of the page, measured now; the short one plays the small scale only."""
    about = _ABOUT.format(until=_UNTIL, load=os.getloadavg()[0])
    scales = ("small",) if short else ("small", "full")
    rows = [row for scale in scales for row in _played(root, scale)]
    return about + "\n".join(rows) + "\n"


def _played(root: Path, scale: str) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="fengsui-demo-") as folder:
        home = Path(folder) / "home"
        left_out = ("FENGSUI_TESTING", "FENGSUI_DATABASE_URL")
        environment = {
            **{name: value for name, value in os.environ.items() if name not in left_out},
            "FENGSUI_HOME": str(home),
            "PYTHONPATH": str(root / "src"),
        }
        command = [sys.executable, "-m", "fengsui.cli", "demo", "--no-serve"]
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            [*command, "--scale", scale, "--until", _UNTIL],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        parts = json.loads((home / "demo-parts.json").read_text("utf-8"))
    whole = {name: sum(part[name] for part in parts.values()) for name in ("entries", "rows")}
    parts["**全部**"] = {**whole, "seconds": seconds, "cpu": cpu}
    return [
        f"| {scale} | {title} | {part['entries']:,} | {part['rows']:,}"
        f" | {part['seconds']:.1f} | {part['cpu']:.1f} |"
        for title, part in parts.items()
    ]
