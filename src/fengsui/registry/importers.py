"""The register by table: each row a place and the unit that runs it, judged and written by the batch."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fengsui.kernel.ids import new_id, now
from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.actions import EnteredUnit, enter_unit
from fengsui.platform.accounts.models import Organisation
from fengsui.platform.actions import perform_many
from fengsui.platform.calls import Call
from fengsui.platform.imports.jobs import table_kind
from fengsui.platform.imports.kinds import Change, Row, TableKind, Verdict, refused
from fengsui.platform.imports.reading import Fault
from fengsui.platform.regions.models import COUNTY_DIGITS, Region, prefix_of
from fengsui.platform.rules import local_day
from fengsui.platform.who import REGISTRARS, Who
from fengsui.registry import classing, doubling, queries, store
from fengsui.registry.actions import (
    Corrected,
    Entered,
    Entry,
    correct_premises,
    enter_premises,
    entered,
    says_more,
)
from fengsui.registry.lifecycle import State
from fengsui.registry.models import Premises
from fengsui.registry.names import address_key, name_key

_CODE, _CREDIT, _NAME = "单位编码", "统一社会信用代码", "单位名称"
_REGION, _ADDRESS, _CHECKED = "区划代码", "地址", "已核对，不是重复登记"
# Which column a refusal is about; any other one is about the name.
_ABOUT = {
    "unknown-region": _REGION,
    "region-elsewhere": _REGION,
    "region-too-high": _REGION,
    "no-brigade": _REGION,
    "rule-not-in-force": _REGION,
    "unknown-code": _CODE,
    "premises-merged": _CODE,
    "unknown-kind": "场所种类",
    "class-differs": "类别",
    "flags-reason-missing": "公众聚集场所",
    "flags-not-nested": "人员密集场所",
}


def identity(cells: Mapping[str, str]) -> str:
    """What a row is about: a code, else a name at an address."""
    if code := cells.get(_CODE):
        return code
    name = cells.get(_NAME, "")
    return f"{name}\n{cells.get(_REGION, '')}\n{cells.get(_ADDRESS, '')}" if name else ""


def alike(cells: Mapping[str, str]) -> list[str]:
    """What two new rows of one place have in common, unless somebody has looked."""
    if cells.get(_CODE) or cells.get(_CHECKED) == "是":
        return []
    county, name = cells.get(_REGION, "")[:COUNTY_DIGITS], name_key(cells.get(_NAME, ""), ())
    return [f"{county} {sign}" for sign in (cells.get(_CREDIT, ""), name) if sign]


def near(cells: Mapping[str, str]) -> tuple[str, str]:
    """An address and a name: two rows at one address of which one names the other may be one place."""
    if cells.get(_CODE) or cells.get(_CHECKED) == "是":
        return "", ""
    address = address_key(cells.get(_ADDRESS, ""), ())
    county, name = cells.get(_REGION, "")[:COUNTY_DIGITS], name_key(cells.get(_NAME, ""), ())
    return f"{county} {address}" if address else "", name


def _same(place: Premises) -> str:
    return f"{place.name}\n{place.region}\n{place.address}"


@dataclass
class _Known:
    """What a batch needs to know of the register, read once."""

    who: Who
    on: date
    places: Mapping[str, Premises]
    ways: Mapping[str, Sequence[Region]]
    brigades: Mapping[str, Organisation]

    @classmethod
    def of(cls, rows: Sequence[Row], who: Who) -> "_Known":
        codes = [code for row in rows if (code := row.line.cells.get(_CODE))]
        regions = {row.line.cells[_REGION] for row in rows}
        places: dict[str, Premises] = {}
        for place in queries.places_of(who, codes, [row.line.cells[_NAME] for row in rows]):
            places.setdefault(place.code, place)
            if place.state == State.REGISTERED:
                places.setdefault(_same(place), place)
        today = local_day(now())
        brigades = queries.brigades_by_county(regions)
        return cls(who, today, places, queries.ways(regions), brigades)

    def judge(self, row: Row) -> Verdict | Fault:
        try:
            return self._judged(row, _form(row))
        except Refusal as no:
            return refused(row.line, _ABOUT.get(no.code, _NAME), no)

    def _judged(self, row: Row, form: Entry) -> Verdict:
        brigade, code = self._brigade(form.region), row.line.cells.get(_CODE)
        current = classing.standards(self.on, form.region)
        place = self.places.get(identity(row.line.cells))
        if place is None and code:
            raise Refusal("unknown-code", number=code)
        if place is not None and not says_more(form, place, current, self.who):
            return Verdict(row, Change.SAME, place)
        if place is not None and place.state == State.MERGED:
            raise Refusal("premises-merged", name=place.name)
        facts = entered(form, place, current, self.on, self.who)
        facts |= queries.keys_in(
            form.name, form.address, [region.name for region in self.ways[form.region]]
        )
        facts["brigade_id"] = brigade.id
        return Verdict(row, Change.CHANGED if place else Change.NEW, place, facts)

    def _brigade(self, region: str) -> Organisation:
        """Refuses `unknown-region`, `region-elsewhere`, `no-brigade`."""
        way = self.ways.get(region)
        if way is None:
            raise Refusal("unknown-region", region=region)
        if self.who.region and not region.startswith(prefix_of(self.who.region)):
            raise Refusal("region-elsewhere", region=way[-1].name)
        if region[:COUNTY_DIGITS] not in self.brigades:
            raise Refusal("no-brigade", region=region)
        return self.brigades[region[:COUNTY_DIGITS]]


def _form(row: Row) -> Entry:
    if not isinstance(row.form, Entry):
        raise TypeError(type(row.form))
    return row.form


def judge(rows: Sequence[Row], who: Who) -> list[Verdict | Fault]:
    """Each row against the register, then what is new against what looks the same."""
    known = _Known.of(rows, who)
    found = [known.judge(row) for row in rows]
    wanted = [one for one in found if isinstance(one, Verdict) and one.change is not Change.SAME]
    doubles = doubling.doubles(wanted, who)
    return [one if isinstance(one, Fault) else _unless_double(one, doubles) for one in found]


def _unless_double(one: Verdict, doubles: Mapping[int, Sequence[str]]) -> Verdict | Fault:
    found = doubles.get(one.row.line.number)
    return refused(one.row.line, _NAME, Refusal("row-may-be-double", found=found)) if found else one


def write(verdicts: Sequence[Verdict], call: Call) -> None:
    """Units, places, corrections: one entry each over the whole batch."""
    new = [one for one in verdicts if one.change is Change.NEW]
    changed = [one for one in verdicts if one.change is Change.CHANGED and one.record]
    if new:
        units = [new_id() for _ in new]
        made = [_unit(_form(one.row)) for one in new]
        perform_many(enter_unit, list(zip(units, made, strict=True)), call.child())
        forms = _entered(new, units)
        perform_many(enter_premises, [(None, form) for form in forms], call.child())
    if changed:
        rows = [(one.record.id, _corrected(one)) for one in changed if one.record]
        perform_many(correct_premises, rows, call.child())


def _unit(form: Entry) -> EnteredUnit:
    # Not validated once more: the row was.
    return EnteredUnit.model_construct(
        name=form.name, region=form.region, credit_code=form.credit_code, address=form.address
    )


def _entered(new: Sequence[Verdict], units: Sequence[UUID]) -> Iterator[Entered]:
    """The forms of new places, each with the next code of its county."""
    counties = Counter(one.row.line.cells[_REGION][:COUNTY_DIGITS] for one in new)
    codes = {county: store.codes(county, count) for county, count in sorted(counties.items())}
    for one, unit in zip(new, units, strict=True):
        code = next(codes[one.row.line.cells[_REGION][:COUNTY_DIGITS]])
        # Not validated once more: the row was, and the rest is ours.
        yield Entered.model_construct(unit=unit, fields={**one.facts, "code": code})


def _corrected(one: Verdict) -> Corrected:
    said: dict[str, Any] = one.row.form.model_dump(exclude_unset=True)
    return Corrected(**said, kept=tuple(one.row.masks))


PREMISES = table_kind(
    TableKind(
        kind="premises",
        title="监管对象",
        posts=frozenset(REGISTRARS),
        form=Entry,
        identity=identity,
        alike=alike,
        near=near,
        judge=judge,
        write=write,
        titles={
            "region": _REGION,
            "area_m2": "建筑面积",
            "public_assembly": "公众聚集场所",
            "crowded": "人员密集场所",
        },
        keys=(_CODE,),
        left_out=frozenset({"judge_later"}),
        hidden=frozenset({"responsible_name", "manager_name"}),
    )
)
