"""On what the figures were measured."""

import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

import django

from tests.postgres import BIN


def lines() -> list[str]:
    """Processor, cores, memory, versions; nothing that names a host."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        f"{len(os.sched_getaffinity(0))} cores of {_processor()}, {memory:.0f} GiB memory, {platform.system()}",
        f"Python {platform.python_version()}, Django {django.__version__}, typst {version('typst')}",
        f"SQLite {sqlite3.sqlite_version}, {_postgres()}",
        f"load average {os.getloadavg()[0]:.1f} at the start",
    ]


def _processor() -> str:
    said = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.split(":", 1)[1].strip() for line in said if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _postgres() -> str:
    if not (BIN / "postgres").exists():
        return "no PostgreSQL"
    said = subprocess.run(
        [BIN / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return said.stdout.strip().replace("postgres (PostgreSQL)", "PostgreSQL")
