"""SQLite learns about its tables from the worker; nobody else tells it."""

import pytest
from django.db import connection

from fengsui.platform.health import statistics
from fengsui.workers import signs
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def known():
    """The tables of which SQLite knows how selective their indexes are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        return {table for (table,) in cursor.fetchall()}


def test_the_worker_lets_sqlite_learn_at_its_start_and_then_waits(monkeypatch):
    times = []
    monkeypatch.setattr(statistics, "learn", lambda: times.append(1))
    turns = signs.Statistics()

    for _ in range(3):
        turns.step()

    assert times == [1]


def test_sqlite_knows_the_register_once_it_has_looked():
    make.premises()

    looked = statistics.learn()

    if connection.vendor == "sqlite":
        assert looked > 0
        assert {"registry_premises", "accounts_post"} & known() == {"registry_premises"}
    else:
        assert looked == 0
