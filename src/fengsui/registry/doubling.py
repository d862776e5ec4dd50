"""Rows of a table that may be about one place: entered already, or standing earlier in the table."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from fengsui.platform.imports.kinds import Change, Verdict
from fengsui.platform.regions.models import COUNTY_DIGITS
from fengsui.platform.who import Who
from fengsui.registry import queries
from fengsui.registry.models import Premises
from fengsui.registry.names import one_names_the_other

_KEYS = ("name_key", "address_key", "credit_code")
_SHOWN = 5
T = TypeVar("T")
Index = Mapping[tuple[str, str], Sequence[T]]


def doubles(verdicts: Sequence[Verdict], who: Who) -> dict[int, list[str]]:
    """Row number → what a new or changed row may be the same place as: entries, then earlier rows."""
    wanted = [one for one in verdicts if _to_compare(one)]
    entries: dict[tuple[str, str], list[Premises]] = defaultdict(list)
    for place in queries.resembling(who, [one.facts for one in wanted]) if wanted else ():
        for name in _KEYS:
            entries[name, getattr(place, name)].append(place)
    numbers = {one.row.line.number for one in wanted}
    found: dict[int, list[str]] = {}
    earlier: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for one in verdicts:
        number = one.row.line.number
        if number in numbers and (names := _names(one, entries, earlier)):
            found[number] = names[:_SHOWN]
        for name in _KEYS:
            earlier[name, one.facts[name]].append(one)
    return found


def _to_compare(one: Verdict) -> bool:
    """New entries, and those that get another name or credit code, unless somebody has looked."""
    if getattr(one.row.form, "not_duplicate", False):
        return False
    place = one.record
    if not isinstance(place, Premises):
        return True
    return any(one.facts[name] != getattr(place, name) for name in ("name_key", "credit_code"))


def _names(one: Verdict, entries: Index[Premises], earlier: Index[Verdict]) -> list[str]:
    places = {place.id: place for place in _shared(one, entries) if _is_registered_as(one, place)}
    rows = {other.row.line.number for other in _shared(one, earlier) if _is_alike(other, one)}
    if one.row.like and one.change is Change.NEW:
        rows.add(one.row.like)
    named = [f"{place.name}（{place.address}）" for place in places.values()]
    return [*named, *(f"本表第 {number} 行" for number in sorted(rows))]


def _shared(one: Verdict, index: Index[T]) -> Iterator[T]:
    """What has a name, an address or a credit code in common with a row."""
    for name in _KEYS:
        if one.facts[name]:
            yield from index.get((name, one.facts[name]), ())


def _is_registered_as(one: Verdict, place: Premises) -> bool:
    if one.record is not None and place.id == one.record.id:
        return False
    return _county(one) == place.region[:COUNTY_DIGITS] and queries.is_alike(
        place, one.facts["credit_code"], one.facts["name_key"]
    )


def _is_alike(earlier: Verdict, one: Verdict) -> bool:
    """Two rows of one county, as `queries.is_alike` has it."""
    code = one.facts["credit_code"]
    if _county(earlier) != _county(one):
        return False
    same_code = bool(code) and earlier.facts["credit_code"] == code
    return same_code or one_names_the_other(earlier.facts["name_key"], one.facts["name_key"])


def _county(one: Verdict) -> str:
    return str(one.facts["region"])[:COUNTY_DIGITS]
