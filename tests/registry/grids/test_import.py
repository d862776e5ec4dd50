"""Grids and households by table: made from their forms, sealed, and nothing personal in a report."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from python_calamine import load_workbook

from fengsui.platform.actions import perform
from fengsui.platform.imports import parts
from fengsui.platform.imports.jobs import keep_upload
from fengsui.platform.jobs import store
from fengsui.platform.jobs.actions import Start, start
from fengsui.platform.jobs.models import Job
from fengsui.platform.jobs.step import step
from fengsui.platform.ledger.models import Entry
from fengsui.platform.ledger.verify import verify
from fengsui.platform.who import CLOCK
from fengsui.registry.grids.actions.forms import CONTACT, HEALTH, TOLD
from fengsui.registry.grids.importers import HOUSEHOLD_TABLE
from fengsui.registry.grids.models import Grid, Household, Naming
from tests import make
from tests.registry.grids.steps import FACTS, NEXT_VILLAGE, VILLAGE, Township

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Township()


def imported(town, kind, text, mode="") -> Job:
    said = {"name": "表.csv", "mode": mode, "_upload": keep_upload([text.encode("gb18030")])}
    form = Start(kind=f"import-{kind}", arguments=said)
    made = perform(start, None, make.call(town.officer), form).made
    while step(datetime.now(UTC)):
        pass
    return Job.objects.select_related("run").get(pk=made)


def counts(job):
    return tuple(job.run.checkpoint[name] for name in ("new", "changed", "same", "bad"))


def faults(job):
    return [(f.row, f.column, f.value, f.reason) for f in parts.faults(store.folder(job.id))]


GRIDS = f"网格编号,网格名称,区划代码\n01,明仁一,{VILLAGE}\n02,明仁二,{VILLAGE}\n01,建国一,{NEXT_VILLAGE}\n"


def test_grids_go_in_once_and_are_called_otherwise_by_a_second_table(town):
    first, again = imported(town, "grids", GRIDS), imported(town, "grids", GRIDS)
    renamed = imported(town, "grids", GRIDS.replace("明仁二", "明仁东"))

    assert [counts(job) for job in (first, again, renamed)] == [
        (3, 0, 0, 0), (0, 0, 3, 0), (0, 1, 2, 0),
    ]  # fmt: skip
    assert set(Grid.objects.values_list("region", "number", "name")) == {
        (VILLAGE, "01", "明仁一"), (VILLAGE, "02", "明仁东"), (NEXT_VILLAGE, "01", "建国一"),
    }  # fmt: skip
    assert list(Naming.objects.filter(grid__number="02").values_list("name", flat=True)) == [
        "明仁二", "明仁东",
    ]  # fmt: skip
    assert Entry.objects.filter(what="grid.enter_grid").count() == 1


def test_each_bad_row_of_grids_is_named(town):
    rows = (
        "网格编号,网格名称,区划代码\n"
        "01,明仁一,150502001000\n"
        "02,明仁二,999999999999\n"
        "网格,明仁三,150502001001\n"
        "04,,150502001001\n"
    )

    assert [fault[:3] for fault in faults(imported(town, "grids", rows))] == [
        (2, "区划代码", "150502001000"),
        (3, "区划代码", "999999999999"),
        (4, "网格编号", "网格"),
        (5, "网格名称", ""),
    ]
    assert not Grid.objects.exists()


TITLES = f"区划代码,网格编号,种类,{TOLD},同意人,同意方式,{HEALTH},{CONTACT},姓名,电话,住址,健康和行动情况,备注,联系人姓名,联系人电话"
PERSON = ",".join(FACTS[name] for name in FACTS)


def row(agreed="是,本人,书面签字,是,是", facts=PERSON, number="01", kinds="独居老人、困难家庭"):
    return f"{VILLAGE},{number},{kinds},{agreed},{facts}"


def table(*rows):
    return "\n".join((TITLES, *rows))


EMPTY = "," * 6
NOBODY = row(",,,,", EMPTY, kinds="独居老人")


def test_a_household_goes_in_sealed_with_its_consent_and_once(town):
    town.grid()

    first, again = (imported(town, "households", table(row())) for _ in range(2))

    one = Household.objects.get()
    assert (counts(first), counts(again)) == ((1, 0, 0, 0), (0, 0, 1, 0))
    assert {name: getattr(one, name).open() for name in FACTS} == FACTS
    assert (one.kinds, one.consent_giver) == (["独居老人", "困难家庭"], "self")
    assert (one.consent_health, one.consent_contact) == (True, True)
    assert (one.placements.count(), one.consents.count()) == (1, 1)
    assert not [wrong for wrong in verify().wrong if "household" in wrong]


def test_without_the_consent_column_nothing_personal_goes_in(town):
    town.grid()

    other = PERSON.replace("乌日图那顺", "王秀兰").replace("13847598761", "13847598762")

    job = imported(town, "households", table(row(",,,,"), row("是,本人,书面签字,,是", other)))

    assert [fault[:3] for fault in faults(job)] == [(2, TOLD, ""), (3, TOLD, "是")]
    assert not Household.objects.exists()


def test_households_of_which_nothing_is_said_go_in_as_often_as_they_stand_there(town, monkeypatch):
    monkeypatch.setattr("fengsui.platform.imports.course.PACE.size", lambda: 2)
    town.grid()
    text = table(NOBODY, NOBODY, NOBODY)

    first, again = (imported(town, "households", text) for _ in range(2))

    assert (counts(first), counts(again)) == ((3, 0, 0, 0), (0, 0, 3, 0))
    assert Household.objects.count() == 3


def test_an_unknown_grid_a_known_phone_and_other_facts_are_faults(town):
    town.grid()
    imported(town, "households", table(row()))
    other = PERSON.replace("乌日图那顺", "王秀兰")
    changed = PERSON.replace("钥匙在对门邻居处", "养狗")

    job = imported(
        town, "households", table(row(number="77"), row(facts=other), row(facts=changed))
    )

    assert [fault[:3] for fault in faults(job)] == [
        (2, "网格编号", "77"), (3, "电话", ""), (4, "种类", "独居老人、困难家庭"),
    ]  # fmt: skip
    assert Household.objects.count() == 1


CANARIES = [value.encode() for value in FACTS.values()]


def test_nothing_personal_is_left_in_reports_checkpoints_files_and_entries(town, settings):
    town.grid()
    bad = PERSON.replace("13847598761", "=13847598761")
    text = table(row(), row(facts=bad), row(number="77")).replace("备注", "邻居说")

    job = imported(town, "households", text)

    head = json.loads((store.folder(job.id) / "head.json").read_text("utf-8"))
    sheet = load_workbook(io.BytesIO(store.result(job))).get_sheet_by_index(0).to_python()
    files = [path for path in Path(settings.HOME).rglob("*") if path.is_file()]
    told = [
        str(job.run.checkpoint), job.run.words, str(job.arguments), str(faults(job)), str(sheet),
        *(str(entry.body) for entry in Entry.objects.all()), *(p.name for p in files), str(head),
    ]  # fmt: skip
    held = [path.read_bytes() for path in files] + [text.encode() for text in told]
    assert counts(job)[3] == 2
    assert [canary for canary in CANARIES if any(canary in data for data in held)] == []


def test_the_consent_is_a_column_of_the_template(town):
    titles = [column.title for column in HOUSEHOLD_TABLE.columns(CLOCK)]

    assert titles[:2] == ["区划代码", "网格编号"]
    assert {TOLD, HEALTH, CONTACT} <= set(titles)
