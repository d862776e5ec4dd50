"""Kept counts against a recount from the rows, after any order of acting and folding."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengsui.platform.actions import perform
from fengsui.platform.counters import store
from fengsui.platform.counters.declared import Key
from fengsui.platform.counters.models import Change, Count
from fengsui.platform.counters.queries import counts
from fengsui.registry.actions import (
    PREMISES_TYPE,
    Amendment,
    Closing,
    amend_premises,
    close_premises,
    register_premises,
)
from fengsui.registry.models import Premises
from tests import make
from tests.platform.search.test_search import facts

COUNTY, TOWNS = "150502000000", ("150502001000", "150502002000")
# How many beds make a hospital of a class.
BEDS = {"key": 60, "small": 20}


@pytest.fixture
def officer(db):
    for town in TOWNS:
        make.region(town)
    return make.who(organisation=make.organisation(region=COUNTY))


def registered(officer, town=TOWNS[0], kind="key"):
    form = facts(region=town, beds=BEDS[kind])
    return perform(register_premises, None, make.call(officer), form).made


def kept(*regions):
    """Only what is there: zeros are no news."""
    return +counts(PREMISES_TYPE, regions, COUNTY)


def test_a_new_premises_counts_in_its_township_and_every_region_above(officer):
    registered(officer)

    regions = (TOWNS[0], COUNTY, "150500000000", "150000000000")
    assert counts(PREMISES_TYPE, regions, COUNTY) == {
        Key(region, "key", "registered"): 1 for region in regions
    }


def test_folding_changes_no_count(officer):
    for _ in range(3):
        registered(officer)
    before = kept(COUNTY, *TOWNS)

    assert store.fold() == 3

    assert kept(COUNTY, *TOWNS) == before
    assert not Change.objects.exists()
    assert Count.objects.get(region=COUNTY).number == 3


def test_a_premises_that_moves_is_counted_where_it_is_now(officer):
    record = registered(officer)
    store.fold()

    form = facts(Amendment, region=TOWNS[1], beds=BEDS["small"])
    perform(amend_premises, record, make.call(officer), form)

    assert kept(*TOWNS) == {Key(TOWNS[1], "small", "registered"): 1}


def test_a_change_of_nothing_that_is_counted_writes_no_change(officer):
    record = registered(officer)
    store.fold()

    perform(amend_premises, record, make.call(officer), facts(Amendment, name="通辽市总医院"))

    assert not Change.objects.exists()


def test_a_refused_action_counts_nothing(officer):
    with pytest.raises(Exception, match="unknown-region"):
        registered(officer, town="150502999000")

    assert not Change.objects.exists()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["register", "move", "close", "fold"]),
        st.sampled_from(TOWNS),
        st.sampled_from(["key", "small"]),
    ),
    max_size=8,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_in_whatever_order_the_kept_counts_are_those_of_a_recount(officer, steps):
    for step, town, kind in steps:
        act(officer, step, town, kind)

    truth = store.upwards(store.counted(PREMISES_TYPE))
    expected = Counter({key: n for key, n in truth.items() if key.region in (COUNTY, *TOWNS)})
    assert kept(COUNTY, *TOWNS) == expected


def act(officer, step, town, kind):
    open_ones = Premises.objects.filter(state="registered").order_by("id")
    if step == "register":
        registered(officer, town, kind)
    elif step == "fold":
        store.fold()
    elif record := open_ones.first():
        action, form = {
            "move": (amend_premises, facts(Amendment, region=town, beds=BEDS[kind])),
            "close": (close_premises, Closing(reason="停业")),
        }[step]
        perform(action, record, make.call(officer), form)


def test_a_recount_begins_a_database_from_before_its_counting(officer):
    registered(officer)
    before = kept(COUNTY)
    Change.objects.all().delete()

    assert store.recount(PREMISES_TYPE) == 1

    assert kept(COUNTY) == before
