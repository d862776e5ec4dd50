"""A register of any size, by bulk insert: the same columns that actions write, tokens included.

Rows are drawn from a seed, so that a thousand and a million look alike: the same counties, kinds of
places, states and shares.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from fengsui.kernel.ids import new_id
from fengsui.platform.accounts.models import Organisation
from fengsui.platform.counters.store import recount
from fengsui.platform.documents.models import Document
from fengsui.platform.fields import Sealed
from fengsui.platform.health import statistics
from fengsui.platform.regions.models import Region
from fengsui.platform.search import engine
from fengsui.platform.search.declared import Found
from fengsui.platform.search.models import Entry
from fengsui.platform.search.store import keep
from fengsui.platform.search.tokens import tokens_of
from fengsui.platform.worklist.models import Task
from fengsui.registry.actions import PREMISES_TYPE
from fengsui.registry.models import Premises
from fengsui.registry.names import address_key, name_key
from fengsui.supervision.models import Hazard, Inspection
from tests import make

COUNTIES = (502, 521, 522, 523, 524, 525, 526, 581)
_TOWNSHIPS = 12
_WORDS = "红星 新城 明仁 建国 团结 永安 科尔沁 西门 东郊 霍林 大林 木里图 余粮堡 敖力布皋 育新 清河".split()
_KINDS = (
    "医院 小学 中学 商场 宾馆 酒店 网吧 饭店 超市 幼儿园 养老院 加油站 粮库 工厂 影院 浴池".split()
)
_STREETS = "建国路 明仁大街 霍林河大街 永清大街 和平路 民主路".split()
_CLASSES = ("high_risk", *["key"] * 4, *["ordinary"] * 15, *["small"] * 30)
_BATCH = 2_000
# Every fifth premises has a visit, a hazard, a paper and a task; every tenth hazard is open still.
SHARE = 5
# The first thousand lie in the county that is looked at, with a full page of everything: what grows
# from a thousand to a million is the register, not the page.
FULL, FULL_HAZARDS, FULL_OPEN, FULL_RISKY = 1_000, 400, 300, 60


@dataclass(frozen=True)
class Register:
    """Who looks at it, and one record of each kind to look at."""

    brigade: Organisation
    premises: UUID
    unit: Organisation
    hazard: UUID
    inspection: UUID
    document: UUID


class _Bulk:
    """Rows of one model like a pattern, by the driver's own cursor."""

    def __init__(self, pattern: Model) -> None:
        self._fields = pattern._meta.concrete_fields
        self._index = {field.attname: place for place, field in enumerate(self._fields)}
        self._base = [self._ready(f.attname, getattr(pattern, f.attname)) for f in self._fields]
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in self._fields)
        marks = ", ".join(["%s"] * len(self._fields))
        self.sql = f"INSERT INTO {pattern._meta.db_table} ({names}) VALUES ({marks})"  # noqa: S608  names of our own model

    def row(self, **over: object) -> list[object]:
        row = list(self._base)
        for name, value in over.items():
            row[self._index[name]] = self._ready(name, value)
        return row

    def write(self, rows: Sequence[list[object]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(self.sql, cast("Any", rows))

    def _ready(self, name: str, value: object) -> object:
        return self._fields[self._index[name]].get_db_prep_save(value, connection)


def regions() -> None:
    """The prefecture, its counties and townships."""
    rows = [Region(code="150500000000", name="通辽市", kind="市", level=2, parent="150000000000")]
    for county in COUNTIES:
        code = f"150{county}000000"
        rows.append(Region(code=code, name=f"第{county}旗", level=3, parent="150500000000"))
        rows += [
            Region(code=f"150{county}{n:03d}000", name=f"第{n}镇", level=4, parent=code)
            for n in range(1, _TOWNSHIPS + 1)
        ]
    Region.objects.bulk_create(rows, ignore_conflicts=True)


def fill(premises: int, seed: int = 1, said: Callable[[str], None] = lambda _: None) -> Register:
    """Write the register; `said` hears how far it is."""
    regions()
    draw = random.Random(seed)
    brigades = [
        make.organisation(name=f"第{county}大队", region=f"150{county}000000")
        for county in COUNTIES
    ]
    first = make.premises(brigades[0], name="通辽市医院", region="150502001000")
    whole = _write_premises(first, brigades, premises - 1, draw, said)
    hazards = _write_hazards(
        first, brigades, whole[:FULL_HAZARDS] + whole[FULL_HAZARDS::SHARE], draw, said
    )
    engine.tidy()
    recount(PREMISES_TYPE)
    analyse()
    return Register(brigades[0], first.id, first.unit, *hazards)


def analyse() -> None:
    """As the worker does (SQLite) or the server by itself (PostgreSQL)."""
    statistics.learn()
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


@dataclass(frozen=True)
class _Place:
    """What the index needs of a premises."""

    id: UUID
    unit_id: UUID
    county: int
    region: str
    name: str
    kind: str


def _places(count: int, draw: random.Random) -> Iterator[_Place]:
    for number in range(count):
        county = draw.randrange(len(COUNTIES)) if number >= FULL else 0
        region = f"150{COUNTIES[county]}{draw.randint(1, _TOWNSHIPS):03d}000"
        name = f"{draw.choice(_WORDS)}{draw.choice(_WORDS)}{draw.choice(_KINDS)}{number}号店"
        kind = draw.choice(_CLASSES) if number >= FULL_RISKY else _CLASSES[0]
        yield _Place(new_id(), new_id(), county, region, name, kind)


def _write_premises(
    first: Premises,
    brigades: list[Organisation],
    count: int,
    draw: random.Random,
    said: Callable[[str], None],
) -> list[_Place]:
    units, rows, kept = _Bulk(first.unit), _Bulk(first), []
    phone = Sealed.of("13800000000")
    done = 0
    for batch in _batches(_places(count, draw)):
        with transaction.atomic():
            units.write([units.row(id=p.unit_id, name=p.name, region=p.region) for p in batch])
            made = [_premises(place, brigades, draw, phone) for place in batch]
            rows.write([rows.row(**fields) for fields in made])
            keep(Premises(**fields) for fields in made)
        kept += batch
        done += len(batch)
        if done % 50_000 == 0:
            said(f"{done} premises")
    return kept


def _premises(
    place: _Place, brigades: list[Organisation], draw: random.Random, phone: Sealed
) -> dict[str, Any]:
    crowded = draw.random() < 0.3
    address = f"{draw.choice(_STREETS)} {draw.randint(1, 90_000)} 号"
    return {
        "id": place.id,
        "name": place.name,
        "region": place.region,
        "address": address,
        "name_key": name_key(place.name, ()),
        "address_key": address_key(address, ()),
        "unit_id": place.unit_id,
        "brigade_id": brigades[place.county].id,
        "premises_class": place.kind,
        "public_assembly": crowded and draw.random() < 0.5,
        "crowded": crowded,
        "responsible_phone": phone,
        "manager_phone": phone,
    }


def _write_hazards(
    first: Premises,
    brigades: list[Organisation],
    places: list[_Place],
    draw: random.Random,
    said: Callable[[str], None],
) -> tuple[UUID, UUID, UUID]:
    """A visit, a hazard, its order and its task for each of the places, and for the first premises."""
    posts = [make.post(organisation=brigade) for brigade in brigades]
    visit = Inspection(
        **_record("confirmed"),
        number="JC0",
        kind="spot_check",
        premises=first,
        brigade=first.brigade,
        region=first.region,
        lead=posts[0],
        second=posts[0],
        planned_on=date(2026, 3, 2),
        ended_at=make.NOON,
    )
    hazard = Hazard(
        **_record("ordered"),
        number="YH0",
        title="疏散通道堆放杂物",
        premises=first,
        brigade=first.brigade,
        region=first.region,
        inspection=visit,
        disposal="term",
        found_at=make.NOON,
        ordered_at=make.NOON,
        term_days=15,
        due_on=date(2026, 3, 17),
    )
    order = Document(
        **_record("issued"),
        kind="rectification-order",
        title="责令限期改正通知书",
        number="科区消限字〔2026〕第0000号",
        agency_id=first.brigade_id,
        year=2026,
        sequence=0,
        data={},
        about_type="hazard",
        about_id=hazard.id,
        party=first.name,
        issued_at=make.NOON,
    )
    task = Task(
        **_record("open"),
        kind="reinspect",
        title="复查",
        subject=first.name,
        about_type="hazard",
        about_id=hazard.id,
        organisation_id=first.brigade_id,
        post_kind="supervisor",
        rule="T-20b",
        start_at=make.NOON,
        n=3,
        due_at=make.NOON + timedelta(days=18),
        calendar="2026",
    )
    for row in (visit, hazard, order, task):
        row.save(force_insert=True)
    keep([visit, hazard, order])
    bulk = [_Bulk(row) for row in (visit, hazard, order, task)]
    done = 0
    for batch in _batches(iter(places)):
        with transaction.atomic():
            _write_batch(bulk, batch, brigades, posts, draw, done + 1)
        done += len(batch)
        said(f"{done} hazards")
    return hazard.id, visit.id, order.id


def _record(state: str) -> dict[str, Any]:
    return {"id": new_id(), "entry_id": new_id(), "state": state, "moved_at": make.NOON}


def _write_batch(
    bulk: list[_Bulk],
    places: list[_Place],
    brigades: list[Organisation],
    posts: list[Any],
    draw: random.Random,
    number: int,
) -> None:
    rows: list[list[list[object]]] = [[], [], [], []]
    told: list[Any] = []
    papers: list[Entry] = []
    for step, place in enumerate(places, number):
        brigade, post = brigades[place.county], posts[place.county]
        ids = [new_id() for _ in range(4)]
        where = {"premises_id": place.id, "brigade_id": brigade.id, "region": place.region}
        due = date(2026, 3, 2) + timedelta(days=draw.randint(1, 300))
        states = ("ordered", "overdue", *["closed"] * 18)
        state = states[step % 2] if step <= FULL_OPEN else draw.choice(states)
        visit = {"id": ids[0], "number": f"JC{step}", **where}
        hazard = {"id": ids[1], "number": f"YH{step}", "due_on": due, "state": state, **where}
        about = {"about_id": ids[1]}
        order = {
            "id": ids[2],
            "number": f"科区消限字〔2026〕第{step:04d}号",
            "sequence": step,
            "agency_id": brigade.id,
            "party": place.name,
            **about,
        }
        rows[0].append(bulk[0].row(**visit, lead_id=post.id, second_id=post.id))
        rows[1].append(bulk[1].row(**hazard, inspection_id=ids[0]))
        rows[2].append(bulk[2].row(**order))
        living = "open" if state != "closed" else "done"
        due_at = datetime(2026, 3, 2, 17, tzinfo=make.CHINA) + timedelta(days=draw.randint(1, 300))
        closed = None if living == "open" else make.NOON
        task = {"id": ids[3], "organisation_id": brigade.id, "state": living, "due_at": due_at}
        task["closed_at"] = closed
        rows[3].append(bulk[3].row(**task, **about))
        whole = Premises(id=place.id, name=place.name, unit_id=place.unit_id)
        told.append(Inspection(**visit | {"premises": whole}))
        told.append(Hazard(**hazard | {"premises": whole}, title="疏散通道堆放杂物"))
        papers.append(_entry(order, place))
    for one, made in zip(bulk, rows, strict=True):
        one.write(made)
    keep(told)
    Entry.objects.bulk_create(papers)


def _entry(order: dict[str, Any], place: _Place) -> Entry:
    """A paper is found like what it is about; told here without reading that again."""
    words = Found((order["number"], place.name), (), (), (place.region,), (place.unit_id,))
    tokens = tokens_of("document", words)
    return Entry(kind="document", record_id=order["id"], tokens=tokens)


def write(register: Register, to: Path) -> None:
    """Remember what a kept database holds."""
    ids = {name: str(getattr(register, name)) for name in _IDS}
    whole = {"brigade": str(register.brigade.id), "unit": str(register.unit.id), **ids}
    to.write_text(json.dumps(whole))


def read(kept: Path) -> Register:
    said = {name: UUID(value) for name, value in json.loads(kept.read_text()).items()}
    brigade, unit = (Organisation.objects.get(id=said.pop(name)) for name in ("brigade", "unit"))
    return Register(brigade=brigade, unit=unit, **said)


_IDS = ("premises", "hazard", "inspection", "document")
