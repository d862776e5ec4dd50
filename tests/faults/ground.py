"""A database of its own for processes that race or are killed.

A SQLite file with a busy time-out of nothing, so that every collision of two writers is felt; or, where
the tests run on PostgreSQL, a fresh database on that server.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

ROOT = Path(__file__).parents[2]
GIVEN = os.environ.get("FENGSUI_DATABASE_URL", "")


@contextmanager
def ground(home: Path) -> Iterator[dict[str, str]]:
    """The environment of processes that share one new, migrated database and one home."""
    with _database(home) as url:
        env = {
            **os.environ,
            "FENGSUI_HOME": str(home),
            "FENGSUI_TESTING": "1",
            "FENGSUI_DATABASE_URL": url,
            "FENGSUI_BUSY_TIMEOUT": "0",
            "DJANGO_SETTINGS_MODULE": "fengsui.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        run("tests.faults.opened", env)
        yield env


@contextmanager
def _database(home: Path) -> Iterator[str]:
    if urlsplit(GIVEN).scheme not in {"postgres", "postgresql"}:
        yield f"sqlite:///{home / 'ground.sqlite3'}"
        return
    name = f"ground_{uuid4().hex[:12]}"
    with psycopg.connect(GIVEN, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield urlsplit(GIVEN)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def run(module: str, env: dict[str, str], *arguments: str) -> Any:
    """Run a module to its end; what it printed, read as JSON (nothing: None)."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout.strip() else None


def start(module: str, env: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """Start a module and leave it running."""
    return subprocess.Popen([sys.executable, "-m", module, *arguments], env=env, cwd=ROOT)
