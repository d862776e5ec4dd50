"""Somebody with a database prompt, thorough and lucky: what they do to a table by a seed."""

import random
from uuid import UUID

from django.db import connection

from fengsui.kernel.ids import new_id

# Table → what its sentences must name: the row itself, its entry, or the place in the log.
LEDGER = {
    "ledger_entry": ("body", "mac", "what", "record_type", "version", "at", "received_at"),
    "ledger_entryrow": ("digest", "version", "row_type", "ordinal"),
    "ledger_leaf": ("index",),
    "ledger_node": ("hash", "level", "index"),
    "ledger_head": ("root", "size", "signed", "signature", "at"),
}
HOUSE = {
    "supervision_hazard": ("title", "state", "version", "term_days", "due_on", "moved_at"),
    "supervision_inspection": ("state", "opinion", "ended_at", "version"),
    "supervision_finding": ("text", "basis", "by_name", "at"),
    "supervision_answer": ("result", "note", "by_name"),
    "worklist_task": ("title", "due_at", "state", "rule", "version"),
    "documents_document": ("number", "data", "party", "served_at"),
    "documents_service": ("recipient", "mode", "served_at"),
    "registry_premises": ("name", "premises_class", "responsible_name", "version"),
    "accounts_post": ("kind", "region", "state", "since_on"),
}
# What `exchange` swaps between two rows; a table without such a column has no order to change.
ORDERED = {"ledger_entryrow": "ordinal", "ledger_leaf": "index", "ledger_entry": "body"}


class Intruder:
    """Somebody with a database prompt."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA defer_foreign_keys = ON")
            else:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def ask(self, text, *values):
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            return cursor.fetchall()

    def do(self, text, *values):
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            assert cursor.rowcount >= 1, text

    def pick(self, table):
        return self.dice.choice(self.ask(f"SELECT id FROM {table} ORDER BY id"))[0]

    def columns(self, table):
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, table)
        return [column.name for column in described]

    def flip(self, table, column):
        row = self.pick(table)
        ((was,),) = self.ask(f'SELECT "{column}" FROM {table} WHERE id = %s', row)
        self.do(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', self.other(was, column), row)
        return row

    def other(self, was, column):
        """A value of the same kind that is not this one."""
        if isinstance(was, memoryview | bytes):
            raw = bytearray(was)
            raw[self.dice.randrange(len(raw))] ^= 1 << self.dice.randrange(8)
            return bytes(raw)
        if isinstance(was, int):
            return was + self.dice.randrange(1, 50)
        if column.endswith(("_at", "_on")) or column == "at":
            return "2031-02-03" if column.endswith("_on") else "2031-02-03 04:05:06+00:00"
        if column == "data":
            return '{"x": 1}'
        return "y" if was == "x" else "x"

    def delete(self, table):
        row = self.pick(table)
        self.forget_children(table, row)
        self.do(f"DELETE FROM {table} WHERE id = %s", row)
        return row

    def forget_children(self, table, row):
        """An intruder is thorough: what refers to the row by a foreign key of the database goes too."""
        for child, column, parent in self.references():
            if parent == table:
                for (below,) in self.ask(f'SELECT id FROM {child} WHERE "{column}" = %s', row):
                    self.forget_children(child, below)
                    with connection.cursor() as cursor:
                        cursor.execute(f"DELETE FROM {child} WHERE id = %s", [below])

    def references(self):
        with connection.cursor() as cursor:
            for child in [
                *LEDGER,
                *HOUSE,
                "ledger_pending",
                "ledger_delivery",
                "documents_rendering",
                "supervision_extension",
                "accounts_organisation",
            ]:
                if child not in connection.introspection.table_names(cursor):
                    continue
                found = connection.introspection.get_relations(cursor, child)
                for column, (_to, parent, *_more) in found.items():
                    yield child, column, parent

    def insert(self, table):
        """A copy of a row under another id (and place, where a place may be held once)."""
        row = self.pick(table)
        names = [name for name in self.columns(table) if name != "id"]
        values = dict(
            zip(
                names,
                self.ask(f"SELECT {quoted(names)} FROM {table} WHERE id = %s", row)[0],
                strict=True,
            )
        )
        values |= self.elsewhere(table)
        if table not in LEDGER or table == "ledger_entry":
            values["id"] = self.new_id()
        marks = ", ".join(["%s"] * len(values))
        self.do(f"INSERT INTO {table} ({quoted(values)}) VALUES ({marks})", *values.values())
        return values.get("id")

    def elsewhere(self, table):
        """Other values where the database allows each only once."""
        n = self.dice.randrange(10_000, 90_000)
        once = {"number": f"X{n}", "sequence": n, "code": f"X{n % 100}"}
        places = {
            "ledger_entryrow": {"version": n, "ordinal": n},
            "ledger_leaf": {"index": n, "entry_id": self.unplaced()},
            "ledger_node": {"index": n},
            "ledger_head": {"size": n},
            "accounts_post": {"state": "ended"},
        }
        own = {name: value for name, value in once.items() if name in self.columns(table)}
        return own | places.get(table, {})

    def unplaced(self):
        """An entry without a leaf: the only one that a leaf can be slipped in for."""
        found = self.ask(
            "SELECT id FROM ledger_entry WHERE id NOT IN (SELECT entry_id FROM ledger_leaf)"
        )
        return found[0][0]

    def new_id(self):
        made = new_id()
        return made.hex if connection.vendor == "sqlite" else made

    def exchange(self, table):
        column = ORDERED[table]
        first, second = self.dice.sample(
            self.ask(f'SELECT id, "{column}" FROM {table} ORDER BY id'), 2
        )
        if column == "index":  # held once: by way of a place nobody holds
            self.do(f'UPDATE {table} SET "index" = -1 WHERE id = %s', first[0])
        for row, other in ((second, first), (first, second)):
            if row[1] != other[1] or column == "index":
                self.do(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', other[1], row[0])
        if first[1] == second[1]:
            self.do(f'UPDATE {table} SET "{column}" = "{column}" + 1 WHERE id = %s', first[0])
        return first[0]

    def truncate(self, table):
        order = {"ledger_leaf": '"index"', "ledger_node": "id", "ledger_head": "size"}.get(
            table, "id"
        )
        rows = self.ask(f"SELECT id FROM {table} ORDER BY {order} DESC LIMIT 2")
        for (row,) in rows:
            self.forget_children(table, row)
            self.do(f"DELETE FROM {table} WHERE id = %s", row)
        return rows[0][0]


def quoted(names):
    return ", ".join(f'"{name}"' for name in names)


def spelled(row):
    """An id as sentences write it."""
    return str(UUID(row)) if isinstance(row, str) else str(row)
