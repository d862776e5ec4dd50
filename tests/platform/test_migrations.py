"""The migrations as an installation runs them, on the configured database."""

import os
import subprocess
import sys

import pytest
from django.apps import apps

from tests.faults.ground import ROOT, ground

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    with ground(tmp_path_factory.mktemp("migrated")) as made:
        yield made


def django(env, *arguments):
    command = [sys.executable, "-m", "django", *arguments]
    return subprocess.run(
        command, env={**os.environ, **env}, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_models_have_all_their_migrations(env):
    done = django(env, "makemigrations", "--check", "--dry-run")

    assert done.returncode == 0, f"run makemigrations:\n{done.stdout}{done.stderr}"


def test_an_empty_database_is_migrated_to_the_last_one(env):
    done = django(env, "migrate", "--check")

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_table_is_there_as_its_model_says(env):
    """`inspectdb` reads the migrated schema back: each table of the house with each of its columns."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("fengsui.")]

    read = django(env, "inspectdb", *[model._meta.db_table for model in ours])

    assert read.returncode == 0, read.stderr
    assert "Unable to inspect" not in read.stdout
    for model in ours:
        assert f"db_table = '{model._meta.db_table}'" in read.stdout
