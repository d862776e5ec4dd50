"""An action's statements without the action: issued on the driver's own cursor."""

import re
import time
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX

Statement = tuple[str, tuple[Any, ...]]
_SUBQUERY = re.compile(r"\(SELECT [^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)")
_OF_THE_TRANSACTION = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")


def statements_of(run: Callable[[], object]) -> list[Statement]:
    """The statements of `run` with their parameters; it is undone, the database is as before."""
    said: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(_OF_THE_TRANSACTION):
            said.extend((sql, tuple(row or ())) for row in (params if many else [params]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note), transaction.atomic():
        run()
        transaction.set_rollback(True)
    return said


def aims(said: list[Statement]) -> Counter[str]:
    """How many statements read and write which table: what two ways of doing one thing must share.

    Rows of one prepared statement count once, as those of one long statement do.
    """
    verbs = re.compile(r'^(SELECT .*?FROM|INSERT INTO|UPDATE) "?(\w+)"?', re.DOTALL)
    found = [verbs.match(_SUBQUERY.sub("", sql)) for sql, _ in groupby(said, itemgetter(0))]
    return Counter(f"{one[1].split()[0]} {one[2]}" for one in found if one)


def issue(said: list[Statement]) -> float:
    """Seconds to issue statements on the driver's own cursor in one transaction, results read."""
    connection.ensure_connection()
    sqlite = connection.vendor == "sqlite"
    prepared = [(_question_marks(sql) if sqlite else sql, params) for sql, params in said]
    begin = "BEGIN IMMEDIATE" if sqlite else "BEGIN"
    cursor = connection.connection.cursor()
    start = time.perf_counter()
    cursor.execute(begin)
    try:
        for sql, params in prepared:
            cursor.execute(sql, params)
            if cursor.description is not None:
                cursor.fetchall()
    except Exception:
        cursor.execute("ROLLBACK")
        raise
    cursor.execute("COMMIT")
    return time.perf_counter() - start


def _question_marks(sql: str) -> str:
    """Django writes %s for every driver; SQLite's own wants ?."""
    return FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%")
