"""`fengsui init`: three administrators by one-time link, once."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import fengsui

pytestmark = pytest.mark.slow
SOURCE = str(Path(fengsui.__file__).parents[1])


@pytest.fixture
def run(tmp_path):
    env = {k: v for k, v in os.environ.items() if not k.startswith("FENGSUI_")}
    env |= {"FENGSUI_HOME": str(tmp_path / "home"), "PYTHONPATH": SOURCE}

    def command(*words: str):
        return subprocess.run(
            [sys.executable, "-m", "fengsui.cli", *words],
            env=env, check=False, capture_output=True, text=True,
        )  # fmt: skip

    return command


def users(home: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(home / "fengsui.sqlite3") as database:
        return database.execute("select username, password from accounts_user").fetchall()


def test_three_links_are_printed_once_and_no_password(run, tmp_path):
    first = run("init", "--admins", "wang,li.na,zhao")

    assert first.returncode == 0, first.stderr
    links = re.findall(
        r"管理员 (\S+)：http://127\.0\.0\.1:8000/start/([\w-]{43})$", first.stdout, re.MULTILINE
    )
    assert [name for name, _ in links] == ["wang", "li.na", "zhao"]
    before = users(tmp_path / "home")
    assert all(password.startswith("!") for _, password in before)

    again = run("init", "--admins", "wang,li.na,zhao")

    assert again.returncode == 1
    assert "已经初始化过" in again.stderr
    assert users(tmp_path / "home") == before
    lost = run("start-link", "li.na")
    assert lost.returncode == 0
    assert "/start/" in lost.stdout


@pytest.mark.parametrize("admins", ["wang", "wang,wang,zhao", "wang,Li Na,zhao", "a,b,c"])
def test_names_that_are_not_three_are_refused_and_nothing_is_made(run, tmp_path, admins):
    refused = run("init", "--admins", admins)

    assert refused.returncode == 1
    assert "三个不同的登录名" in refused.stderr
    assert not (tmp_path / "home").exists()
