"""The index made anew from the records: whole, in short steps, and again from where it stopped."""

import pytest

from fengsui.commands import derived
from fengsui.platform.counters import store as counting
from fengsui.platform.counters.models import Count
from fengsui.platform.search import store
from fengsui.platform.search.models import Entry, Rebuilt
from fengsui.platform.search.queries import search
from fengsui.registry.actions import PREMISES_TYPE
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(monkeypatch):
    monkeypatch.setattr(store, "_BATCH", 2)
    brigade = make.organisation()
    rows = [make.premises(brigade, name=f"第{n}医院") for n in range(5)]
    return sorted(rows, key=lambda row: row.id)


def rebuild():
    while store.rebuild_step(PREMISES_TYPE):
        pass


def entries():
    return list(Entry.objects.order_by("record_id").values_list("record_id", "tokens"))


def test_an_index_made_anew_is_the_one_that_actions_keep(register):
    kept = entries()
    Entry.objects.all().delete()

    rebuild()

    assert entries() == kept


def test_a_stopped_rebuilding_goes_on_where_it_stopped(register):
    Entry.objects.all().delete()
    store.rebuild_step(PREMISES_TYPE)
    Entry.objects.all().delete()

    rebuild()

    assert [record for record, _ in entries()] == [row.id for row in register[2:]]
    assert not Rebuilt.objects.exists()


def test_from_the_start_it_tells_all_of_them(register):
    store.rebuild_step(PREMISES_TYPE)
    Entry.objects.all().delete()
    store.restart(PREMISES_TYPE)

    rebuild()

    assert len(entries()) == 5


def test_the_newest_record_is_first_after_rebuilding(register):
    Entry.objects.all().delete()
    rebuild()

    found = search(make.who(), "医院", PREMISES_TYPE).records
    assert [row.name for row in found] == [row.name for row in reversed(register)]


def test_what_is_older_than_search_is_told_and_counted_by_an_upgrade_once(register):
    counting.recount(PREMISES_TYPE)
    kept, counted = entries(), list(counts_by_region())
    Entry.objects.all().delete()
    Count.objects.all().delete()

    said = list(derived.make_missing())

    assert "场所：查找索引已建，5 条" in said
    assert "场所：各区划数量已统计，5 条" in said
    assert (entries(), list(counts_by_region())) == (kept, counted)
    assert list(derived.make_missing()) == []


def counts_by_region():
    return Count.objects.order_by("region", "facet").values_list("region", "facet", "number")
