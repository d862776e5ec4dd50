"""Lists: one shape for every table of the house, with headings that keep the address."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from django.http import QueryDict

from fengsui.web.ui.shapes import ActionLink, Due, Empty, Law, TagWord

CURSORS = ("after", "before", "page")
Width = Literal["", "xs", "s", "m", "l", "xl"]


@dataclass(frozen=True)
class Column:
    """A heading. `sort` names the indexed column it sorts by; `url` and `sorted_as` are filled in."""

    title: str
    sort: str = ""
    width: Width = ""
    number: bool = False
    wide_only: bool = False
    sorted_as: Literal["", "ascending", "descending"] = ""
    url: str = ""
    hidden_title: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in one place of the table; exactly the parts given are shown."""

    text: str = ""
    url: str = ""
    note: str = ""
    due: Due | None = None
    law: Law | None = None
    tags: Sequence[TagWord] = ()
    action: ActionLink | None = None
    code: bool = False


@dataclass(frozen=True)
class Row:
    """One record. `current` is the one to do next."""

    cells: Sequence[Cell]
    current: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under a heading of their own; no title means no heading row."""

    rows: Sequence[Row]
    title: str = ""
    note: str = ""
    late: bool = False


@dataclass(frozen=True)
class Pager:
    """Keyset pages: only where one came from and where one can go."""

    shown: int = 0
    total: int | None = None
    previous_url: str = ""
    next_url: str = ""
    more_url: str = ""


@dataclass(frozen=True)
class Table:
    """A whole list."""

    caption: str
    columns: Sequence[Column]
    groups: Sequence[Group]
    pager: Pager | None = None
    empty: Empty = field(default_factory=lambda: Empty(title=""))
    keys: bool = False
    """J, K and Enter move through the rows."""
    wrap: bool = False
    """Long text is shown whole, on more lines."""

    @property
    def has_rows(self) -> bool:
        return any(group.rows for group in self.groups)

    @property
    def paired_groups(self) -> list[tuple[Group, list[tuple[Row, list[tuple[Column, Cell]]]]]]:
        """Every cell beside its column, because a phone shows the heading in front of the value."""
        return [
            (
                group,
                [(row, list(zip(self.columns, row.cells, strict=True))) for row in group.rows],
            )
            for group in self.groups
        ]


def sorted_columns(columns: Sequence[Column], address: QueryDict) -> list[Column]:
    """Give each sortable heading its address: the present filters, its own order, the first page.

    A heading already sorted upwards leads downwards; `sort=-name` is descending.
    """
    return [_heading(column, address) if column.sort else column for column in columns]


def _heading(column: Column, address: QueryDict) -> Column:
    present = address.get("sort", "")
    upwards = present == column.sort
    target = address.copy()
    for cursor in CURSORS:
        target.pop(cursor, None)
    target["sort"] = f"-{column.sort}" if upwards else column.sort
    standing: Literal["", "ascending", "descending"] = ""
    if present.removeprefix("-") == column.sort:
        standing = "ascending" if upwards else "descending"
    return replace(column, url=f"?{target.urlencode()}", sorted_as=standing)
