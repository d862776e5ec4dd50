"""R1 for imports: the command is killed with -9 while it writes; done again, nothing is in twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from benchmarks import register

ROWS = 1_500


@pytest.fixture
def home(tmp_path):
    """An installation on its own SQLite file, with one brigade and the regions of the register."""
    environment = {name: value for name, value in os.environ.items() if name != "FENGSUI_TESTING"}
    environment |= {
        "FENGSUI_HOME": str(tmp_path),
        "FENGSUI_DATABASE_URL": f"sqlite:///{tmp_path}/f.sqlite3",
        "DJANGO_SETTINGS_MODULE": "fengsui.settings",
    }
    ready = (
        "import django; django.setup()\n"
        "from fengsui.commands.install import prepare; prepare()\n"
        "from tests import make; from benchmarks.register import REGIONS\n"
        "make.organisation(name='大队'); [make.region(code) for code in REGIONS]\n"
    )
    subprocess.run([sys.executable, "-c", ready], env=environment, check=True)
    register.write(tmp_path / "r.xlsx", ROWS, seed=3)
    return tmp_path, environment


def command(home):
    path, environment = home
    line = [sys.executable, "-m", "fengsui.cli", "import", "premises", str(path / "r.xlsx")]
    return subprocess.Popen(
        line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def count(home, what: str) -> int:
    with closing(sqlite3.connect(f"file:{home[0]}/f.sqlite3?mode=ro", uri=True)) as rows:
        (found,) = rows.execute(what).fetchone()
    return int(found)


PLACES = "SELECT count(*) FROM registry_premises"


def test_an_import_that_was_killed_and_is_done_again_doubles_nothing(home):
    first = command(home)
    while count(home, PLACES) == 0 and first.poll() is None:
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    left = count(home, PLACES)
    assert 0 < left < ROWS, "the kill did not fall into the writing; the test shows nothing"

    second = command(home)
    said, _ = second.communicate()

    assert second.returncode == 0
    assert f"新增 {ROWS - left}，更正 0，未变 {left}，有问题 0" in said
    assert count(home, PLACES) == ROWS
    assert count(home, "SELECT count(DISTINCT credit_code) FROM registry_premises") == ROWS
    assert count(home, "SELECT count(*) FROM accounts_organisation WHERE kind = 'unit'") == ROWS
