"""The register by table: each row a place and the unit that runs it, judged and written by the batch."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.actions import EnteredUnit, enter_unit
from fengsui.platform.accounts.models import Organisation
from fengsui.platform.actions import perform_many
from fengsui.platform.calls import Call, Form
from fengsui.platform.fields import Sealed
from fengsui.platform.imports.jobs import table_kind
from fengsui.platform.imports.kinds import Change, Row, TableKind, Verdict, refused
from fengsui.platform.imports.reading import Fault
from fengsui.platform.regions.models import Region, prefix_of
from fengsui.platform.who import REGISTRARS, Who
from fengsui.registry import queries, store
from fengsui.registry.actions import (
    Corrected,
    Entered,
    Entry,
    correct_premises,
    enter_premises,
)
from fengsui.registry.models import Premises

_CODE, _CREDIT, _NAME = "单位编码", "统一社会信用代码", "单位名称"
_REGION, _ADDRESS = "区划代码", "地址"
_UNIT = {"name", "region", "credit_code", "address"}


def identity(cells: Mapping[str, str]) -> str:
    """By code; else by credit code and name; else by name, region and address."""
    if code := cells.get(_CODE):
        return code
    name = cells.get(_NAME, "")
    if credit := cells.get(_CREDIT):
        return f"{credit} {name}"
    return f"{name} {cells.get(_REGION, '')} {cells.get(_ADDRESS, '')}" if name else ""


def _same(place: Premises) -> tuple[str, str]:
    """How a row without a code finds its place: as a row with a credit code, and as one without."""
    return (
        f"{place.credit_code} {place.name}" if place.credit_code else "",
        f"{place.name} {place.region} {place.address}",
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What a batch needs to know of the register, read once."""

    who: Who
    places: Mapping[str, Premises]
    regions: Mapping[str, Region]
    brigades: Mapping[str, Organisation]

    @classmethod
    def of(cls, rows: Sequence[Row], who: Who) -> "_Known":
        codes = {code for row in rows if (code := row.line.cells.get(_CODE))}
        regions = {row.line.cells[_REGION] for row in rows}
        places: dict[str, Premises] = {}
        for place in queries.places_of(who, codes, {row.line.cells[_NAME] for row in rows}):
            for key in (place.code, *_same(place)):
                places.setdefault(key, place)
        known, brigades = queries.regions_known(regions), queries.brigades_by_county(regions)
        return cls(who, places, known, brigades)

    def judge(self, row: Row) -> Verdict | Fault:
        region, code = row.line.cells[_REGION], row.line.cells.get(_CODE)
        place = self.places.get(identity(row.line.cells))
        try:
            brigade = self._brigade(region)
        except Refusal as no:
            return refused(row.line, _REGION, no)
        if place is None and code:
            return refused(row.line, _CODE, Refusal("unknown-code", number=code))
        if place is None:
            return Verdict(row, Change.NEW, facts={"brigade": brigade.id})
        change = Change.CHANGED if _differs(place, row.form) else Change.SAME
        return Verdict(row, change, place, {"brigade": brigade.id})

    def _brigade(self, region: str) -> Organisation:
        """Refuses `unknown-region`, `region-elsewhere`, `no-brigade`."""
        found = self.regions.get(region)
        if found is None:
            raise Refusal("unknown-region", region=region)
        if self.who.region and not region.startswith(prefix_of(self.who.region)):
            raise Refusal("region-elsewhere", region=found.name)
        if region[:6] not in self.brigades:
            raise Refusal("no-brigade", region=region)
        return self.brigades[region[:6]]


def judge(rows: Sequence[Row], who: Who) -> list[Verdict | Fault]:
    known = _Known.of(rows, who)
    return [known.judge(row) for row in rows]


def _differs(place: Premises, form: Form) -> bool:
    """Whether the row says anything that the register does not; what it leaves out does not count."""
    return any(_other(getattr(place, name), getattr(form, name)) for name in form.model_fields_set)


def _other(known: object, said: object) -> bool:
    return known != (Sealed.of(str(said)) if isinstance(known, Sealed) else said)


def write(verdicts: Sequence[Verdict], call: Call, hold: UUID | None) -> None:
    """Units, places, corrections: one entry each over the whole batch."""
    new = [one for one in verdicts if one.change is Change.NEW]
    changed = [one for one in verdicts if one.change is Change.CHANGED and one.record]
    if new:
        units = [new_id() for _ in new]
        made = [_unit(one.row.form, hold) for one in new]
        perform_many(enter_unit, list(zip(units, made, strict=True)), call.child())
        forms = _entered(new, units, hold)
        perform_many(enter_premises, [(None, form) for form in forms], call.child())
    if changed:
        rows = [(one.record.id, _corrected(one)) for one in changed if one.record]
        perform_many(correct_premises, rows, call.child())


def _unit(form: Form, hold: UUID | None) -> EnteredUnit:
    return EnteredUnit.model_construct(**form.model_dump(include=_UNIT), intake=hold)


def _entered(new: Sequence[Verdict], units: Sequence[UUID], hold: UUID | None) -> Iterator[Entered]:
    """The forms of new places, each with the next code of its county."""
    counties = Counter(one.row.line.cells[_REGION][:6] for one in new)
    codes = {county: store.codes(county, count) for county, count in sorted(counties.items())}
    for one, unit in zip(new, units, strict=True):
        code = next(codes[one.row.line.cells[_REGION][:6]])
        said = one.row.form.model_dump(exclude_unset=True)
        # Not validated once more: the row was, and the rest is ours.
        yield Entered.model_construct(**said, **one.facts, unit=unit, code=code, intake=hold)


def _corrected(one: Verdict) -> Corrected:
    return Corrected(**one.row.form.model_dump(exclude_unset=True), **one.facts)


PREMISES = table_kind(
    TableKind(
        kind="premises",
        title="监管对象",
        posts=frozenset(REGISTRARS),
        form=Entry,
        identity=identity,
        judge=judge,
        write=write,
        titles={"region": _REGION, "usage": "行业", "area_m2": "建筑面积"},
        keys=(_CODE,),
        later=("床位数", "座位数", "员工数"),
    )
)
