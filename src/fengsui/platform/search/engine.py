"""The two full-text indexes behind one function: FTS5 on SQLite, tsvector and GIN on PostgreSQL.

Neither cuts words: tokens come ready made. Questions are rendered here, so no sign that a person
types reaches the syntax of either.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from fengsui.platform.search.asked import All, Term

EXACT, BEGINS, HOLDS = range(3)
_FIRST = 2**62


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the rank and the number of its last entry."""

    rank: int
    entry: int


@dataclass(frozen=True, slots=True)
class Hit:
    place: Place
    record_id: UUID


@dataclass(frozen=True, slots=True)
class Tier:
    """Entries of one rank: where `term` holds and `unless` (a token of a better rank) does not."""

    rank: int
    term: Term
    unless: tuple[str, ...]


# A tier is read only where the better ones leave room. SQLite would find that out row by row, so it
# asks for nothing instead; PostgreSQL knows it before it begins.
_SQLITE = """tier{n} AS (SELECT {n} AS rank, e.id, e.record_id
    FROM search_fts f CROSS JOIN search_entry e ON e.id = f.rowid
    WHERE f.search_fts MATCH CASE WHEN {better} < %s THEN %s ELSE '""' END AND f.rowid < %s
        AND e.kind = %s
    ORDER BY f.rowid DESC LIMIT %s)"""
_POSTGRES = """tier{n} AS (SELECT {n} AS rank, e.id, e.record_id FROM search_entry e
    WHERE {better} < %s AND e.indexed @@ %s::tsquery AND -e.id > -(%s::bigint) AND e.kind = %s
    ORDER BY -e.id LIMIT %s)"""
_COUNT, _ALL = " + (SELECT count(*) FROM tier{n})", "SELECT * FROM tier{n}"


def hits(kind: str, tiers: list[Tier], after: Place | None, limit: int) -> list[Hit]:
    """The best `limit` entries of a kind behind `after`, by rank, in each the newest first; one query.

    The tiers name the kind too; beside it, the kind lets PostgreSQL walk back through its entries alone
    when the words are common.
    """
    wanted = [tier for tier in tiers if after is None or tier.rank >= after.rank]
    one = _SQLITE if _is_sqlite() else _POSTGRES
    parts: list[str] = []
    parameters: list[int | str] = []
    better = "0"
    for tier in wanted:
        begin = after.entry if after and after.rank == tier.rank else _FIRST
        parts.append(one.format(n=tier.rank, better=better))
        parameters += [limit, _rendered(tier), begin, kind, limit]
        better += _COUNT.format(n=tier.rank)
    every = " UNION ALL ".join(_ALL.format(n=tier.rank) for tier in wanted)
    sql = f"WITH {', '.join(parts)} {every} ORDER BY 1, 2 DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, limit])
        return [Hit(Place(rank, entry), _uuid(value)) for rank, entry, value in cursor.fetchall()]


_WRITE = """INSERT INTO search_entry (kind, record_id, tokens) VALUES (%s, %s, %s)
    ON CONFLICT (record_id) DO UPDATE SET tokens = excluded.tokens"""


def write(entries: Iterable[tuple[str, UUID, str]]) -> None:
    """Kind, record and tokens of each, new or anew. Every action comes this way: no model between."""
    told = [(kind, key.hex, text) for kind, key, text in entries] if _is_sqlite() else list(entries)
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE, told)  # a database column of SQLite knows no UUID


def tidy() -> None:
    """After many changes: statistics for the planner, pending tokens merged in a short step."""
    with connection.cursor() as cursor:
        if _is_sqlite():
            cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('merge', 200)")
        else:
            cursor.execute("ANALYZE search_entry")


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _uuid(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


@dataclass(frozen=True, slots=True)
class _Syntax:
    quote: str
    both: str
    either: str
    barring: str

    def rendered(self, tier: Tier) -> str:
        barred = "".join(f"{self.barring}{self.quoted(token)}" for token in tier.unless)
        return f"{self.joined(tier.term)}{barred}"

    def joined(self, term: Term) -> str:
        if isinstance(term, str):
            return self.quoted(term)
        sign = self.both if isinstance(term, All) else self.either
        return f"({sign.join(self.joined(part) for part in term.parts)})"

    def quoted(self, token: str) -> str:
        return f"{self.quote}{token}{self.quote}"


_FTS5 = _Syntax('"', " AND ", " OR ", " NOT ")
_TSQUERY = _Syntax("'", " & ", " | ", " & !")


def _rendered(tier: Tier) -> str:
    return (_FTS5 if _is_sqlite() else _TSQUERY).rendered(tier)
