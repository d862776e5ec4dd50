"""All rows of the database as they were at one moment, while others go on writing; and back again.

SQLite: a copy of the database by its online backup, inside one read transaction that pins the moment.
PostgreSQL: every table by COPY in one REPEATABLE READ transaction; no program of the server is needed,
here or where it is restored, because the tables are made by our own migrations.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from fengsui.commands.archive import Reader, Tell, Writer
from fengsui.kernel.refusal import Refusal

DATABASE, ROWS = "database.sqlite3", "rows/"
_PAGES = 2_000
_TRIES = 5

Facts = dict[
    str, Any
]  # {"engine", "migrations": [[app, name]], "tables": {name: {"rows", "sha256"}}}


def take(writer: Writer, scratch: Path, tell: Tell) -> Facts:
    """Write the rows of one moment into the archive; how many of which, and their digests."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        return _take_postgresql(writer, tell)
    return _take_sqlite(writer, scratch, tell)


def put(reader: Reader, scratch: Path, tell: Tell) -> None:
    """Fill an empty database with the rows of an archive, and see that they are the same rows.

    Refuses `other-engine`, `rows-differ`. The tables are those of the archive's version.
    """
    if reader.manifest["engine"] != connection.vendor:
        raise Refusal("other-engine", archive=reader.manifest["engine"], here=connection.vendor)
    if connection.vendor == "postgresql":
        _put_postgresql(reader, tell)
        tables = _with_cursor(_digests_postgresql)
    else:
        reader.extract(DATABASE, scratch, tell)
        with _file(scratch) as file:
            tables = _digests_sqlite(file)
    for name, said in reader.manifest["tables"].items():
        if tables.get(name) != said:
            raise Refusal("rows-differ", table=name)


def is_empty() -> bool:
    """Whether the database has no tables yet."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


# SQLite


def _file(path: Path) -> "closing[sqlite3.Connection]":
    """A plain connection to an SQLite file, closed at the end."""
    return closing(sqlite3.connect(path))


def _take_sqlite(writer: Writer, scratch: Path, tell: Tell) -> Facts:
    with _file(Path(str(connection.settings_dict["NAME"]))) as source, _file(scratch) as copy:
        source.isolation_level = None
        # A read transaction of our own pins the moment: the copy never starts over for a writer.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        done = 0

        def progress(_status: int, remaining: int, total: int) -> None:
            nonlocal done
            tell((total - remaining - done) * 4096)
            done = total - remaining

        source.backup(copy, pages=_PAGES, progress=progress)
        source.execute("COMMIT")
        copy.execute("PRAGMA journal_mode=DELETE")
        facts: Facts = {
            "engine": "sqlite",
            "migrations": _applied(copy.execute(_APPLIED).fetchall()),
            "tables": _digests_sqlite(copy),
            "head": _head(copy.execute(_HEAD).fetchone()),
        }
    writer.add_file(DATABASE, scratch, tell)
    return facts


def _digests_sqlite(file: sqlite3.Connection) -> dict[str, dict[str, object]]:
    """Rows and digest of every table, in the order of its primary key."""
    found = file.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return {name: _digest_rows(_rows_of(file, name)) for (name,) in found.fetchall()}


def _rows_of(file: sqlite3.Connection, table: str) -> Iterator[tuple[object, ...]]:
    columns = file.execute(f'PRAGMA table_info("{table}")').fetchall()
    keys = [f'"{column[1]}"' for column in sorted(columns, key=lambda c: c[5]) if column[5]]
    yield from file.execute(f'SELECT * FROM "{table}" ORDER BY {", ".join(keys) or "rowid"}')  # noqa: S608  names come from the catalogue


def _digest_rows(rows: Iterator[tuple[object, ...]]) -> dict[str, object]:
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update(repr(row).encode())
        count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


# PostgreSQL


def _with_cursor(run: Callable[[Any], Any]) -> Any:
    with connection.cursor() as cursor:
        return run(cursor)


def _take_postgresql(writer: Writer, tell: Tell) -> Facts:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            cursor.execute(_APPLIED)
            facts: Facts = {
                "engine": "postgresql",
                "migrations": _applied(cursor.fetchall()),
                "tables": {},
            }
            for table in _tables(cursor):
                with writer.member(ROWS + table) as write:
                    facts["tables"][table] = _copy_out(cursor, table, write, tell)
            cursor.execute(_HEAD)
            facts["head"] = _head(cursor.fetchone())
        finally:
            cursor.execute("ROLLBACK")
    return facts


def _tables(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
        "ORDER BY relname"
    )
    return [name for (name,) in cursor.fetchall()]


def _columns(cursor: Any, table: str) -> list[str]:
    """Names in order of creation, as two databases made by the same migrations have them."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
        "AND NOT attisdropped AND attgenerated = '' ORDER BY attname",
        [f'"{table}"'],
    )
    return [name for (name,) in cursor.fetchall()]


def _keys(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a "
        "ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) "
        "WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY a.attnum",
        [f'"{table}"'],
    )
    return [name for (name,) in cursor.fetchall()]


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _copy_out(
    cursor: Any, table: str, write: Callable[[bytes], None], tell: Tell
) -> dict[str, object]:
    columns = _columns(cursor, table)
    ordered = _quoted(_keys(cursor, table) or columns)
    digest, rows = hashlib.sha256(), 0
    wanted = f'SELECT {_quoted(columns)} FROM "{table}" ORDER BY {ordered}'  # noqa: S608  names come from the catalogue
    write(f"{_quoted(columns)}\n".encode())
    with cursor.copy(f"COPY ({wanted}) TO STDOUT") as copied:
        for chunk in copied:
            data = bytes(chunk)
            digest.update(data)
            rows += data.count(b"\n")  # COPY writes a newline inside a value as \n
            write(data)
            tell(len(data))
    return {"rows": rows, "sha256": digest.hexdigest()}


def _digests_postgresql(cursor: Any) -> dict[str, dict[str, object]]:
    return {
        table: _copy_out(cursor, table, lambda _: None, lambda _: None) for table in _tables(cursor)
    }


def _put_postgresql(reader: Reader, tell: Tell) -> None:
    """Tables as of the archive's version, emptied of what migrations put in, then its rows."""
    executor = MigrationExecutor(connection)
    executor.migrate([(app, name) for app, name in _leaves(executor, reader.manifest)])
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {_quoted(_tables(cursor))}")
        for name in reader.names(ROWS):
            _copy_in(cursor, name.removeprefix(ROWS), reader.chunks(name), tell)
        for table in _tables(cursor):
            _raise_sequences(cursor, table)
        cursor.execute("COMMIT")


def _copy_in(cursor: Any, table: str, chunks: Iterator[bytes], tell: Tell) -> None:
    first = next(chunks)
    columns, _, rest = first.partition(b"\n")
    with cursor.copy(f'COPY "{table}" ({columns.decode()}) FROM STDIN') as copied:
        copied.write(rest)
        for chunk in chunks:
            copied.write(chunk)
            tell(len(chunk))


def _raise_sequences(cursor: Any, table: str) -> None:
    for column in _columns(cursor, table):
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
        (sequence,) = cursor.fetchone()
        if sequence:
            cursor.execute(
                f'SELECT setval(%s, coalesce(max("{column}"), 1), max("{column}") IS NOT NULL) '  # noqa: S608  as above
                f'FROM "{table}"',
                [sequence],
            )


# What both have


_HEAD = "SELECT signed FROM ledger_head ORDER BY log_id DESC, size DESC LIMIT 1"
_APPLIED = "SELECT app, name FROM django_migrations ORDER BY id"


def _applied(rows: list[tuple[str, str]]) -> list[list[str]]:
    return [[app, name] for app, name in rows]


def _head(row: tuple[str] | None) -> object:
    """The last signed head that the snapshot holds; None before the first."""
    return json.loads(row[0]) if row else None


def check_version(manifest: Mapping[str, Any]) -> None:
    """Refuses `backup-newer` when this version does not know a migration of the archive."""
    known = MigrationLoader(None).disk_migrations or {}
    for app, name in manifest["migrations"]:
        if (app, name) not in known:
            raise Refusal("backup-newer", version=manifest["version"], migration=f"{app}.{name}")


def _leaves(executor: MigrationExecutor, manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The last applied migration of each app; apps the archive does not know stay unmade."""
    applied = {(app, name) for app, name in manifest["migrations"]}
    graph = executor.loader.graph
    return [
        node
        for node in graph.nodes
        if node in applied
        and not any(
            child.key in applied and child.key[0] == node[0]
            for child in graph.node_map[node].children
        )
    ]


def drop_everything() -> None:
    """Take a half-filled PostgreSQL database back to the emptiness it had. Only for our own failure."""
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK")
        if tables := _tables(cursor):
            cursor.execute(f"DROP TABLE {_quoted(tables)} CASCADE")
