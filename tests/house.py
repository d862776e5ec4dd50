"""A whole installation of its own, with real processes: for what only shows when something is killed.

It uses the database that this run of the tests is for: a SQLite file, or a new PostgreSQL database.
"""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from fengsui.commands.processes import server

ROOT = Path(__file__).parent.parent
_START = "import django; django.setup(set_prefix=False)\n"


class House:
    def __init__(self, home: Path, database: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FENGSUI")}
        self.home = home
        self.env = {
            **kept,
            "FENGSUI_HOME": str(home),
            "FENGSUI_DATABASE_URL": database,
            "FENGSUI_BUSY_TIMEOUT": "20",
            "DJANGO_SETTINGS_MODULE": "fengsui.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "FENGSUI_SECOND_FACTOR": "offered",  # people of a test have none
            "PYTHONWARNINGS": "error",
        }

    def run(self, code: str) -> str:
        """What some code prints, run in a process of this house."""
        done = subprocess.run(self._command(code), env=self.env, check=False, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def start(self, code: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self._command(code), env=self.env, stdout=subprocess.PIPE)

    def serve(self, port: int) -> "subprocess.Popen[bytes]":
        """The web server as `fengsui serve` runs it."""
        command = server("127.0.0.1", port)
        return subprocess.Popen(
            command, env=self.env, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def _command(self, code: str) -> list[str]:
        return [sys.executable, "-c", _START + textwrap.dedent(code)]


@contextmanager
def house() -> Iterator[House]:
    """An empty installation: keys and tables, nothing else."""
    with tempfile.TemporaryDirectory(prefix="fengsui-house-") as folder, _database(folder) as url:
        built = House(Path(folder), url)
        built.run(
            """
            from django.core.management import call_command
            from fengsui.platform import keys
            keys.ensure()
            call_command("migrate", verbosity=0)
            """
        )
        yield built


@contextmanager
def _database(folder: str) -> Iterator[str]:
    given = os.environ.get("FENGSUI_DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{folder}/fengsui.sqlite3"
        return
    name = f"house_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(given, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def kill_all(process: "subprocess.Popen[bytes]") -> None:
    """A server and the process that it started to do the work."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.communicate()
