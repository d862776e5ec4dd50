"""What a record is found by, as its type declares it. Never a sealed or personal value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Found:
    """The words of one record.

    `names` are found by characters, pinyin and initials, and rank first; `texts` by characters and
    numbers only. `regions` (12 digits) and `units` say whose searches meet the record at all.
    """

    names: Sequence[str]
    texts: Sequence[str] = ()
    regions: Sequence[str] = ()
    units: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class FoundBy:
    """How a type is found: `found(record)`, told again when one of `columns` changes.

    `related` are the relations that `found` follows; they are read along when many are told.
    """

    found: Callable[[Any], Found]
    columns: frozenset[str]
    related: tuple[str, ...] = field(default=())


def found_by(
    found: Callable[[Any], Found], *columns: str, related: tuple[str, ...] = ()
) -> FoundBy:
    return FoundBy(found, frozenset(columns), related)
