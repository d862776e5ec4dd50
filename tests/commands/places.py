"""Installations of their own for tests of commands: a home, and a database on the server of this run."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests import make

ROOT = Path(__file__).parents[2]
URL = os.environ.get("FENGSUI_DATABASE_URL", "")
ON_POSTGRESQL = URL.startswith("postgres")


class Place:
    """Where an installation may be, or is: run its commands by `fengsui(...)`."""

    def __init__(self, home: Path, url: str) -> None:
        self.home, self.url = home, url
        self.env = {
            **os.environ,
            "FENGSUI_HOME": str(home),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PYTHONWARNINGS": "default",
        }
        self.env.pop("FENGSUI_DATABASE_URL", None)
        if url:
            self.env["FENGSUI_DATABASE_URL"] = url

    @property
    def database(self) -> Path:
        return self.home / "fengsui.sqlite3"

    def start(self, *words: str, **env: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *words],
            env=self.env | env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.PIPE,
        )

    def fengsui(self, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "fengsui.cli", *words]
        return subprocess.run(
            command, env=self.env | env, text=True, capture_output=True, check=False
        )

    def did(self, *words: str, **env: str) -> str:
        """What a command printed that must succeed."""
        done = self.fengsui(*words, **env)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *words: str, **env: str) -> str:
        """The one line of a command that must refuse."""
        done = self.fengsui(*words, **env)
        lines = done.stderr.strip().splitlines()
        assert done.returncode == 1, done.stdout + done.stderr
        assert len(lines) == 1, done.stderr
        return lines[0]

    def ask(self, text: str) -> list[tuple[object, ...]]:
        """Rows by plain SQL, past all of our own code."""
        if self.url:
            with psycopg.connect(self.url) as there:
                return there.execute(text).fetchall()
        import sqlite3  # noqa: PLC0415

        with sqlite3.connect(self.database) as there:
            return there.execute(text).fetchall()

    def listing(self) -> list[str]:
        """Every file below the home, and every table of a PostgreSQL database."""
        files = sorted(str(path) for path in self.home.rglob("*")) if self.home.exists() else []
        tables = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        return files + (sorted(str(row) for row in self.ask(tables)) if self.url else [])


@contextmanager
def place(folder: Path, name: str) -> Iterator[Place]:
    """An empty home; on PostgreSQL with an empty database of its own."""
    if not ON_POSTGRESQL:
        yield Place(folder / name, "")
        return
    database = f"ops_{os.getpid()}_{make.number()}"
    with psycopg.connect(URL, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {database} TEMPLATE template0 LOCALE 'C.UTF-8'")
        try:
            yield Place(folder / name, urlsplit(URL)._replace(path=f"/{database}").geturl())
        finally:
            server.execute(f"DROP DATABASE {database} WITH (FORCE)")
