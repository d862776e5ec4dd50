"""Finding, within what `who` may see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from fengsui.platform.records import Record, RecordType, record_type_of
from fengsui.platform.regions.models import prefix_of
from fengsui.platform.search import engine
from fengsui.platform.search.asked import All, Question, question
from fengsui.platform.search.engine import BEGINS, EXACT, HOLDS, Place, Tier
from fengsui.platform.search.tokens import kind_token, region_token, unit_token
from fengsui.platform.who import ADMINISTRATORS, OFFICERS, PostKind, Who

PAGE_SIZE = 50
NARROWED, EXPORTED = 500, 20_000
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Records in order of rank; `after` is where to go on, empty at the end."""

    records: list[Any]
    after: str = ""


def search(
    who: Who, text: str, of: RecordType[Any], after: str = "", limit: int = PAGE_SIZE
) -> FoundPage:
    """Records of a type by name, number, pinyin or initials: exact, then beginning so, then newest.

    Region or unit of `who` are part of the question to the index; `visible(who)` then has the last
    word on the page. A page may be shorter than `limit` and yet not the last one.
    """
    found = _hits(who, text, of, _place(after), limit)
    rows = of.read(who).in_bulk([hit.record_id for hit in found])
    seen: list[Record] = [rows[hit.record_id] for hit in found if hit.record_id in rows]
    return FoundPage(seen, _written(found[-1].place) if len(found) == limit else "")


def narrowed(rows: QuerySet[R], who: Who, text: str, most: int = NARROWED) -> QuerySet[R]:
    """Those of `rows` among the best `most` that a text finds: for lists that filter and sort."""
    found = _hits(who, text, record_type_of(rows.model), None, most)
    return rows.filter(pk__in=[hit.record_id for hit in found])


def listed(
    rows: QuerySet[R],
    who: Who,
    said: Mapping[str, str],
    conditions: Mapping[str, Callable[[str], Q | None]],
    most: int = NARROWED,
) -> QuerySet[R]:
    """`rows` under what an address says: `q`, and each known condition. Nonsense narrows nothing."""
    for name, condition in conditions.items():
        asked = condition(said[name]) if said.get(name) else None
        rows = rows.filter(asked) if asked is not None else rows
    return narrowed(rows, who, said["q"], most) if said.get("q") else rows


def _hits(
    who: Who, text: str, of: RecordType[Any], after: Place | None, limit: int
) -> list[engine.Hit]:
    if of.found_by is None or who.kind not in of.readers:
        return []
    asked = question(text, phones=who.kind in of.found_by.phones_of)
    scope = _scope(of.name, who)
    if asked is None or not scope:
        return []
    return engine.hits(of.name, _tiers(asked, scope), after, limit)


def _tiers(asked: Question, scope: str) -> list[Tier]:
    exact = Tier(EXACT, All((asked.exact, scope)), ())
    begins = Tier(BEGINS, All((asked.begins, *asked.words.parts, scope)), (asked.exact,))
    holds = Tier(HOLDS, All((*asked.words.parts, scope)), (asked.exact, asked.begins))
    return [exact, begins, holds]


def _scope(kind: str, who: Who) -> str:
    """The token that bounds a search to a kind and what a post reaches; empty: it finds nothing."""
    if who.kind in OFFICERS or who.kind == PostKind.GRID_WORKER:
        return region_token(kind, prefix_of(who.region))
    if who.kind == PostKind.PREMISES_MANAGER and who.organisation_id:
        return unit_token(kind, who.organisation_id)
    return kind_token(kind) if who.kind in ADMINISTRATORS else ""


def _written(place: Place) -> str:
    return f"{place.rank}.{place.entry}"


def _place(after: str) -> Place | None:
    """The place a page goes on from; nonsense starts at the beginning."""
    rank, _, entry = after.partition(".")
    if rank.isdecimal() and entry.isdecimal() and len(after) <= 20 and int(rank) <= HOLDS:
        return Place(int(rank), int(entry))
    return None
