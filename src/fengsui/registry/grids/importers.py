"""Grids and households by table, made from the forms with which they are opened and registered.

A household's row says nothing personal without the consent column; what it says is sealed with the
row, concealed until then, and never repeated in a report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from pydantic import Field

from fengsui.kernel.ids import now
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform_many
from fengsui.platform.calls import Call, Form
from fengsui.platform.fields import Sealed
from fengsui.platform.imports.jobs import table_kind
from fengsui.platform.imports.kinds import SEVERAL, Change, Row, TableKind, Verdict, refused
from fengsui.platform.imports.reading import Fault
from fengsui.platform.rules import local_day
from fengsui.platform.who import REGISTRARS, Who
from fengsui.registry.grids import queries
from fengsui.registry.grids.actions import (
    correct_grid,
    enter_grid,
    enter_household,
)
from fengsui.registry.grids.actions.forms import TOLD, Registration, personal
from fengsui.registry.grids.actions.grids import NewGrid, Renaming
from fengsui.registry.grids.actions.households import check_covered, check_kinds, columns, scope_of
from fengsui.registry.grids.models import Grid, Household
from fengsui.registry.grids.rules import TITLES, dialled
from fengsui.registry.queries import known_region

_REGION, _NUMBER, _PHONE, _ID = "区划代码", "网格编号", TITLES["phone"], "风险户编号"
_NOWHERE = UUID(int=0)
F = TypeVar("F", bound=Form)


def place(cells: Mapping[str, str]) -> str:
    """A grid is its number in its village."""
    return f"{cells.get(_REGION, '')} {cells.get(_NUMBER, '')}"


def _as(form: type[F], row: Row) -> F:
    if not isinstance(row.form, form):
        raise TypeError(type(row.form))
    return row.form


def judge_grids(rows: Sequence[Row], who: Who) -> list[Verdict | Fault]:
    regions = {row.line.cells[_REGION] for row in rows}
    found, retired = queries.grids_at(who, regions), queries.grids_retired(who, regions)
    return [_judged_grid(row, who, found, retired) for row in rows]


def _judged_grid(
    row: Row, who: Who, found: Mapping[str, Grid], retired: Mapping[tuple[str, str, str], Grid]
) -> Verdict | Fault:
    form = _as(NewGrid, row)
    try:
        known_region(form.region, who)
        queries.village(form.region)
    except Refusal as no:
        return refused(row.line, _REGION, no)
    grid = found.get(f"{form.region} {form.number}")
    if grid is None and (gone := retired.get((form.region, form.number, form.name))):
        return refused(row.line, _NUMBER, Refusal("grid-row-retired", grid=str(gone)))
    if grid is None:
        return Verdict(row, Change.NEW)
    return Verdict(row, Change.SAME if grid.name == form.name else Change.CHANGED, grid)


def write_grids(verdicts: Sequence[Verdict], call: Call) -> None:
    new = [(None, one.row.form) for one in verdicts if one.change is Change.NEW]
    changed = [
        (one.record.id, Renaming(**one.row.form.model_dump(include={"number", "name"})))
        for one in verdicts
        if one.change is Change.CHANGED and one.record
    ]
    if new:
        perform_many(enter_grid, new, call.child())
    if changed:
        perform_many(correct_grid, changed, call.child())


GRID_TABLE = table_kind(
    TableKind(
        kind="grids",
        title="网格",
        posts=frozenset(REGISTRARS),
        form=NewGrid,
        identity=place,
        judge=judge_grids,
        write=write_grids,
        titles={"region": _REGION},
    )
)


class HouseholdRow(Registration):
    """The form of a household; its grid is found by the columns beside it."""

    grid: UUID = Field(title="网格", default=_NOWHERE)


# Which column a refusal is about; any other one is about the kinds.
_ABOUT = {
    "grid-unknown": _NUMBER,
    "household-unknown": _ID,
    "consent-in-future": "同意日期（不填即今天）",
    "consent-missing": TOLD,
    "phone-registered": _PHONE,
}


def person(cells: Mapping[str, str]) -> str:
    """A household is who lives at a place; one that says nothing of them is another one each time."""
    if number := cells.get(_ID):
        return number
    said = [cells.get(TITLES[name], "") for name in ("name", "phone", "address")]
    return "\n".join([place(cells), *said]) if any(said) else ""


def silent(cells: Mapping[str, str]) -> str:
    """Households of which nothing is said are told apart only by their number."""
    kinds = "、".join(sorted(SEVERAL.split(cells.get("种类", ""))))
    return "" if person(cells) else f"{place(cells)} {kinds}"


def same_phone(cells: Mapping[str, str]) -> list[str]:
    if cells.get(_ID):
        return []
    phone = dialled(cells.get(_PHONE, ""))
    return [phone] if phone and cells.get("同一电话，确是另一户") != "是" else []


@dataclass
class _Known:
    """What a batch needs to know, read once."""

    who: Who
    on: date
    grids: Mapping[str, Grid]
    mine: queries.Households

    def judge(self, row: Row) -> Verdict | Fault:
        try:
            return self._judged(row, _as(HouseholdRow, row))
        except Refusal as no:
            return refused(row.line, _ABOUT.get(no.code, "种类"), no)

    def _judged(self, row: Row, form: HouseholdRow) -> Verdict:
        if number := row.line.cells.get(_ID):
            return Verdict(row, Change.SAME, self._numbered(number, row, form))
        grid = self.grids.get(place(row.line.cells))
        if grid is None:
            raise Refusal("grid-unknown")
        agreement, entered = form.agreement(), personal(form)
        check_kinds(form.kinds, self.on)
        check_covered(scope_of(agreement), entered)
        if agreement:
            columns(agreement, self.on)
        if self._holds(row, grid, form, entered):
            return Verdict(row, Change.SAME)
        if form.phone and not form.another and (row.like or self.mine.phoned(form.phone)):
            other = f"表中第 {row.like} 行" if row.like else "另一户"
            raise Refusal("phone-registered", household=other)
        return Verdict(row, Change.NEW, facts={"grid": grid.id})

    def _numbered(self, number: str, row: Row, form: HouseholdRow) -> Household:
        """The household that an export named. Refuses `household-unknown`, `household-differs`."""
        found = self.mine.numbered.get(number)
        if found is None or f"{found.grid.region} {found.grid.number}" != place(row.line.cells):
            raise Refusal("household-unknown", number=number)
        agreement = form.agreement()
        said = columns(agreement, self.on) if agreement else {}
        if not form.consented_on:
            said.pop("consented_on", None)
        if self._says_else(found, form, personal(form)) or any(
            getattr(found, name) != value for name, value in said.items()
        ):
            raise Refusal("household-differs")
        return found

    @staticmethod
    def _says_else(found: Household, form: HouseholdRow, entered: Mapping[str, str]) -> bool:
        others = (getattr(found, name) != Sealed.of(text) for name, text in entered.items())
        return any(others) or sorted(found.kinds) != sorted(form.kinds)

    def _holds(self, row: Row, grid: Grid, form: HouseholdRow, entered: Mapping[str, str]) -> bool:
        """Is the household there already? Refuses `household-differs`.

        Of those that say nothing of themselves, as many are there as the register counts.
        """
        if not entered:
            return row.nth <= self.mine.count(grid, form.kinds)
        found = self.mine.named_as(grid, entered)
        if found is None:
            return False
        if self._says_else(found, form, entered):
            raise Refusal("household-differs")
        return True


def judge_households(rows: Sequence[Row], who: Who) -> list[Verdict | Fault]:
    grids = queries.grids_at(who, {row.line.cells[_REGION] for row in rows})
    wanted = {place(row.line.cells) for row in rows}
    mine = queries.households_of(
        who,
        [grid for name, grid in grids.items() if name in wanted],
        [row.line.cells.get(_PHONE, "") for row in rows],
        [row.line.cells.get(_ID, "") for row in rows],
    )
    known = _Known(who, local_day(now()), grids, mine)
    return [known.judge(row) for row in rows]


def write_households(verdicts: Sequence[Verdict], call: Call) -> None:
    new = [
        (None, Registration.model_validate({**one.row.form.model_dump(), **one.facts}))
        for one in verdicts
        if one.change is Change.NEW
    ]
    if new:
        perform_many(enter_household, new, call.child())


HOUSEHOLD_TABLE = table_kind(
    TableKind(
        kind="households",
        title="风险户",
        posts=frozenset(REGISTRARS),
        form=HouseholdRow,
        identity=person,
        alike=same_phone,
        counted=silent,
        judge=judge_households,
        write=write_households,
        keys=(_REGION, _NUMBER, _ID),
        needed=frozenset({_REGION, _NUMBER}),
        left_out=frozenset({"grid"}),
    )
)
