"""P6 in short: the same queries with a thousand premises and with ten thousand, none reads a big table through."""

import re

import pytest
from django.db import connection, transaction

from benchmarks import filled, viewers
from benchmarks.seen import asked_of, pages

pytestmark = pytest.mark.django_db
BIG = (
    *("registry_premises", "supervision_hazard", "supervision_inspection"),
    *("documents_document", "worklist_task", "search_entry", "accounts_organisation"),
)
# A step of a plan that reads a table row by row in no useful order.
_THROUGH = re.compile(rf"SCAN ({'|'.join(BIG)})(?! USING)")


def every_page(size):
    """Queries by (post, page) on a register of a size."""
    made = filled.fill(size)
    found = {}
    for who, client in viewers.signed_in(made):
        for shown, path in pages(made, who).items():
            status, found[who, shown] = asked_of(client, path)
            assert status == 200, path
    return found


@pytest.fixture
def small(settings):
    settings.SECOND_FACTOR = "offered"
    settings.ALLOWED_HOSTS = ["localhost"]
    with transaction.atomic():
        found = every_page(filled.FULL)
        transaction.set_rollback(True)
    return found


def test_pages_ask_the_same_whatever_the_size_and_read_no_big_table_through(small):
    large = every_page(10 * filled.FULL)

    assert {page: len(said) for page, said in large.items()} == {
        page: len(said) for page, said in small.items()
    }
    faults = {page: found for page, said in large.items() if (found := list(through(said)))}
    assert faults == {}


def through(said):
    for sql, params in said:
        if " OFFSET " in sql or counts(sql):
            yield sql
        if connection.vendor == "sqlite" and sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
                plan = [step for *_, step in cursor.fetchall()]
            yield from (f"{step}: {sql}" for step in plan if _THROUGH.search(step))


def counts(sql):
    return "COUNT(" in sql and any(f'FROM "{table}"' in sql for table in BIG)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "id" FROM "registry_premises" WHERE "address" = %s',
        'SELECT COUNT(*) FROM "worklist_task" WHERE "id" = %s',
        'SELECT "id" FROM "worklist_task" WHERE "id" = %s LIMIT 5 OFFSET 5',
    ],
)
def test_a_page_that_read_a_big_table_through_would_be_named(sql):
    if connection.vendor != "sqlite" and "address" in sql:
        pytest.skip("plans are read on SQLite")

    assert list(through([(sql, ("x",))])) != []
