"""What a record is found by, as its type declares it. Never a sealed value, but its keyed hash."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fengsui.platform.who import PostKind


@dataclass(frozen=True, slots=True)
class Found:
    """The words of one record.

    `names` are found by characters, pinyin and initials, and rank first; `texts` by characters and
    numbers only; `phones` are keyed hashes, found by the whole number. `regions` (12 digits) and
    `units` say whose searches meet the record at all.
    """

    names: Sequence[str]
    texts: Sequence[str] = ()
    phones: Sequence[str] = ()
    regions: Sequence[str] = ()
    units: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class FoundBy:
    """How a type is found: `found(record)`, told again when one of `columns` changes.

    `related` are the relations that `found` follows; they are read along when many are told. Only
    posts of `phones_of` find by phone: those who may look at the number.
    """

    found: Callable[[Any], Found]
    columns: frozenset[str]
    related: tuple[str, ...]
    phones_of: frozenset[PostKind]


def found_by(
    found: Callable[[Any], Found],
    *columns: str,
    related: tuple[str, ...] = (),
    phones_of: Iterable[PostKind] = (),
) -> FoundBy:
    """Declare how records of a type are found."""
    return FoundBy(found, frozenset(columns), related, frozenset(phones_of))
