"""Grids and households out and in again; nobody's name or phone leaves the house."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest

from fengsui.platform.actions import perform
from fengsui.platform.imports import parts
from fengsui.platform.imports.jobs import keep_upload
from fengsui.platform.jobs import store
from fengsui.platform.jobs.actions import Start, start
from fengsui.platform.jobs.models import Job
from fengsui.platform.jobs.step import step
from fengsui.platform.ledger.models import Entry
from fengsui.platform.who import PostKind
from fengsui.registry.grids.actions import close_household
from fengsui.registry.grids.actions.forms import TOLD, Closing
from fengsui.registry.grids.models import Grid, Household
from tests import make
from tests.registry.grids.canaries import spellings
from tests.registry.grids.steps import FACTS, WHOLLY, Township

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    made = Township()
    grid = made.grid()
    made.household(grid, **FACTS, **WHOLLY)
    made.household(grid)
    made.household(grid, **(FACTS | {"name": "乌力吉", "phone": "13847598762"}), **WHOLLY)
    return made


def done(who, kind, **said) -> Job:
    made = perform(start, None, make.call(who), Start(kind=kind, arguments=said)).made
    while step(datetime.now(UTC)):
        pass
    return Job.objects.select_related("run").get(pk=made)


def exported(who, kind, form="csv", **said) -> bytes:
    job = done(who, f"export-{kind}", _format=form, **said)
    return store.result(job)


def imported(who, kind, data, name="表.csv") -> Job:
    return done(who, f"import-{kind}", name=name, mode="", _upload=keep_upload([data]))


def counts(job):
    return tuple(job.run.checkpoint[name] for name in ("new", "changed", "same", "bad"))


def faults(job):
    return [(f.column, f.reason) for f in parts.faults(store.folder(job.id))]


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def edited(data: bytes, number: int, **said: str) -> bytes:
    found = rows(data)
    found[number] |= said
    out = io.StringIO()
    made = csv.DictWriter(out, list(found[0]))
    made.writeheader()
    made.writerows(found)
    return out.getvalue().encode()


def standing():
    return list(Household.objects.order_by("id").values())


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_households_that_nobody_changed_stay_as_they_are(town, form):
    first = Household.objects.order_by("-id")[0]
    call = make.call(town.officer, base=first.version)
    perform(close_household, first.id, call, Closing(because="moved"))
    before, entries = standing(), Entry.objects.filter(what__startswith="household.").count()

    job = imported(
        town.officer, "households", exported(town.officer, "households", form), f"表.{form}"
    )

    assert (counts(job), faults(job)) == ((0, 0, 3, 0), [])
    assert standing() == before
    assert Entry.objects.filter(what__startswith="household.").count() == entries


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_file_of_households_holds_nothing_personal_in_clear(town, form, tmp_path):
    data = exported(town.officer, "households", form)

    if form == "csv":
        (row,) = (row for row in rows(data) if row["电话"] == "138****8761")
        assert (row["姓名"], row["健康和行动情况"], row[TOLD]) == ("乌日图**", "****", "是")
    job_folder = store.folder(Job.objects.get().id)
    for path in job_folder.iterdir():
        whole = b"".join(content for content in _unpacked(path.read_bytes()))
        assert not [
            name for name, text in FACTS.items() for one in spellings(text) if one in whole
        ], path


def _unpacked(data: bytes):
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            yield from map(book.read, book.namelist())


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"电话": "139****0000"}, ("电话", "带星号的内容不是原文")),
        ({"姓名": "包**"}, ("姓名", "带星号的内容不是原文")),
        ({"种类*": "空巢老人"}, ("种类", "这一户已经登记，内容与表中不同")),
        ({"电话": "13900000000"}, ("种类", "这一户已经登记，内容与表中不同")),
        ({"风险户编号": ""}, ("姓名", "带星号的内容不是原文")),
        ({"网格编号*": "99"}, ("风险户编号", None)),
    ],
)
def test_a_household_is_not_changed_by_a_table(town, said, wanted):
    data = exported(town.officer, "households")
    before = standing()
    place = next(n for n, row in enumerate(rows(data)) if row["电话"] == "138****8761")

    job = imported(town.officer, "households", edited(data, place, **said))

    column, reason = wanted
    assert counts(job) == (0, 0, 2, 1)
    found = faults(job)
    assert column in [one[0] for one in found]
    assert reason is None or (column, reason) in found
    assert standing() == before


def test_grids_that_nobody_changed_stay_and_one_is_called_otherwise(town):
    town.grid("02")
    data = exported(town.officer, "grids")

    same = imported(town.officer, "grids", data)
    other = imported(town.officer, "grids", edited(data, 0, **{"网格名称*": "明仁东"}))

    assert (counts(same), counts(other)) == ((0, 0, 2, 0), (0, 1, 1, 0))
    assert sorted(Grid.objects.values_list("name", flat=True)) == ["明仁01网格", "明仁东"]


def test_a_grid_that_no_longer_stands_is_not_opened_again_by_its_own_file(town):
    gone = town.grid("02")
    Grid.objects.filter(id=gone.id).update(state="retired", retired_on=make.NOON.date())

    job = imported(town.officer, "grids", exported(town.officer, "grids"))

    assert counts(job) == (0, 0, 1, 1)
    assert faults(job)[0][0] == "网格编号"
    assert Grid.objects.count() == 2


def test_the_condition_of_the_list_is_kept(town):
    assert len(rows(exported(town.officer, "households", state="active"))) == 3
    assert rows(exported(town.officer, "households", state="closed")) == []


def test_a_grid_worker_exports_the_households_of_the_grids_he_walks(town):
    worker = make.who(PostKind.GRID_WORKER)

    assert rows(exported(worker, "households")) == []


def test_an_officer_of_another_county_exports_and_names_none(town):
    data = exported(town.officer, "households")
    stranger = make.who(region="150523000000")

    assert rows(exported(stranger, "households")) == []
    assert counts(imported(stranger, "households", data))[:3] == (0, 0, 0)
