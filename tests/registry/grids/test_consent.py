"""Nothing personal without consent; consent as far as it goes; withdrawn, everything goes."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pydantic import ValidationError

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.ledger.models import Entry
from fengsui.platform.words import answer
from fengsui.registry.grids import queries
from fengsui.registry.grids.actions import (
    amend_household,
    close_household,
    move_household,
    record_consent,
    withdraw_consent,
)
from fengsui.registry.grids.actions.forms import (
    Agreement,
    Amendment,
    Closing,
    Moving,
    Withdrawal,
)
from fengsui.registry.grids.models import Consent, Household, Placement
from fengsui.registry.grids.rules import TITLES
from tests.registry.grids.steps import (
    AGREED,
    FACTS,
    WHOLLY,
    Township,
    call,
    days,
    ledger_faults,
)
from tests.unwritten import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Township()


@pytest.fixture
def grid(town):
    return town.grid("01")


def opened(household):
    household.refresh_from_db()
    return {name: getattr(household, name).open() for name in TITLES}


NOTHING = dict.fromkeys(TITLES, "")


def test_without_consent_a_household_has_a_grid_and_a_kind_and_nothing_else(town, grid):
    household = town.household(grid)

    assert opened(household) == NOTHING
    assert (household.kinds, household.grid, household.region) == (["独居老人"], grid, grid.region)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("name", sorted(TITLES))
def test_every_personal_field_is_refused_without_consent_by_its_name_and_with_the_remedy(
    town, grid, name
):
    with refused("consent-missing"):
        town.household(grid, **{name: FACTS[name]})

    with pytest.raises(Refusal) as no:
        town.household(grid, **{name: FACTS[name]})
    text = answer(no.value).text
    assert f"“{TITLES[name]}”" in text
    assert "请先告知并取得同意" in text
    assert FACTS[name] not in text


@pytest.mark.parametrize("name", sorted(TITLES))
def test_the_database_itself_keeps_nothing_personal_without_consent(town, grid, name):
    household = town.household(grid)

    with pytest.raises(IntegrityError), transaction.atomic():
        Household.objects.filter(id=household.id).update(**{name: FACTS[name]})


def test_with_consent_everything_that_was_agreed_is_kept_sealed(town, grid):
    household = town.household(grid, **FACTS, **WHOLLY)

    assert opened(household) == FACTS
    assert [str(household.name), str(household.phone)] == ["乌日图**", "138****8761"]
    assert {str(household.condition), str(household.notes)} == {"****"}
    given = Consent.objects.get()
    assert (given.giver, given.manner, given.on, given.given) == (
        "self",
        "written",
        days(0).date(),
        True,
    )
    assert given.by_name == town.officer.name
    assert ledger_faults() == []


@pytest.mark.parametrize("name", ["condition", "contact_name", "contact_phone"])
def test_health_and_the_contact_need_an_agreement_of_their_own(town, grid, name):
    with refused("consent-missing"):
        town.household(grid, **{name: FACTS[name]}, **AGREED)


def test_consent_is_said_wholly_and_after_telling(grid):
    for said in ({"giver": "self"}, {"told": True}, {"health": True}):
        with pytest.raises(ValidationError):
            Township.household(None, grid, **said)  # type: ignore[arg-type]  # refused before it acts
    with pytest.raises(ValidationError, match="请先告知"):
        Agreement(giver="self", manner="written")


def test_consent_of_tomorrow_is_refused(town, grid):
    tomorrow = days(1).date()

    with refused("consent-in-future"):
        town.household(grid, **AGREED, consented_on=tomorrow)


def test_consent_given_later_opens_the_way_for_what_it_covers(town, grid):
    household = town.household(grid)
    form = Agreement(**AGREED, consented_on=days(0).date())

    perform(record_consent, household.id, call(town.officer, days(1)), form)
    entered = Amendment(kinds=household.kinds, name=FACTS["name"], phone=FACTS["phone"])
    perform(amend_household, household.id, call(town.officer, days(1)), entered)

    assert opened(household) == {**NOTHING, "name": FACTS["name"], "phone": FACTS["phone"]}
    with refused("consent-missing"):
        health = Amendment(kinds=household.kinds, condition=FACTS["condition"])
        perform(amend_household, household.id, call(town.officer, days(1)), health)


def test_a_narrower_consent_takes_away_what_it_no_longer_covers(town, grid):
    household = town.household(grid, **FACTS, **WHOLLY)
    form = Agreement(giver="guardian", manner="spoken", told=True)

    perform(record_consent, household.id, call(town.officer, days(3)), form)

    left = {name: FACTS[name] for name in ("name", "phone", "address", "point", "notes")}
    assert opened(household) == NOTHING | left
    assert [row.health for row in queries.consents_of(household)] == [False, True]


def test_withdrawn_consent_wipes_every_sealed_field_and_leaves_an_entry(town, grid):
    household = town.household(grid, **FACTS, **WHOLLY)
    salt = bytes(household.salt)

    perform(withdraw_consent, household.id, call(town.officer, days(9)), Withdrawal(sure=True))

    assert opened(household) == NOTHING
    assert (household.state, household.phone_hash, household.consented_on) == ("active", "", None)
    assert bytes(household.salt) != salt  # the hashes in the ledger can no longer be tried
    entry = json.loads(Entry.objects.get(what="household.withdraw_consent").body)
    assert entry["who"]["name"] == town.officer.name
    newest = queries.consents_of(household)[0]
    assert (newest.given, newest.on) == (False, days(9).date())
    assert queries.households_by_phone(town.officer, FACTS["phone"]) == []
    assert ledger_faults() == []


def test_withdrawing_is_affirmed_and_only_what_was_given_is_withdrawn(town, grid):
    household = town.household(grid)

    with pytest.raises(ValidationError, match="请勾选确认"):
        Withdrawal()
    with refused("nothing-to-withdraw"):
        perform(withdraw_consent, household.id, call(town.officer), Withdrawal(sure=True))


def test_closing_wipes_too_and_says_why(town, grid):
    household = town.household(grid, **FACTS, **WHOLLY)

    perform(close_household, household.id, call(town.officer, days(4)), Closing(because="moved"))

    assert opened(household) == NOTHING
    assert (household.state, household.closed_because) == ("closed", "moved")
    assert ledger_faults() == []
    with refused("household-closed"):
        form = Amendment(kinds=("独居老人",), name="某某")
        perform(amend_household, household.id, call(town.officer, days(5)), form)


def test_what_is_left_empty_stays_what_is_named_goes(town, grid):
    household = town.household(grid, **FACTS, **WHOLLY)
    form = Amendment(kinds=("空巢老人",), address="明仁小区 8 号楼", erase=("notes",))

    perform(amend_household, household.id, call(town.officer, days(1)), form)

    assert opened(household) == FACTS | {"address": "明仁小区 8 号楼", "notes": ""}
    assert household.kinds == ["空巢老人"]
    with pytest.raises(ValidationError, match="不能既填写又删除"):
        Amendment(kinds=("空巢老人",), notes="新备注", erase=("notes",))
    with pytest.raises(ValidationError, match="只能从列出的项目中选择"):
        Amendment(kinds=("空巢老人",), erase=("salt",))


def test_a_phone_is_found_however_it_is_written_and_only_in_reach(town, grid):
    household = town.household(grid, phone=FACTS["phone"], **AGREED)
    worker = town.worker()
    town.assign(town.grid("02"), worker)

    found = queries.households_by_phone(town.officer, "+86 138-4759-8761")

    assert found == [household]
    assert len(household.phone_hash) == 64
    assert FACTS["phone"] not in household.phone_hash


def test_the_same_phone_twice_is_asked_about_and_not_forbidden(town, grid):
    town.household(grid, phone=FACTS["phone"], **AGREED)

    with refused("phone-registered"):
        town.household(grid, phone="138-4759-8761", **AGREED)
    again = town.household(grid, phone=FACTS["phone"], another=True, **AGREED)

    assert len(queries.households_by_phone(town.officer, FACTS["phone"])) == 2
    assert again.phone_hash


def test_an_unknown_kind_is_refused(town, grid):
    with refused("unknown-household-kind"):
        town.household(grid, kinds=("喜欢热闹的人",))


def test_a_household_moves_to_another_grid_and_its_past_is_kept(town, grid):
    other, household = town.grid("02"), town.household(grid)

    perform(move_household, household.id, call(town.officer, days(6)), Moving(grid=other.id))

    household.refresh_from_db()
    assert household.grid == other
    placed = Placement.objects.order_by("id").values_list("grid__number", "since_on")
    assert list(placed) == [("01", days(0).date()), ("02", days(6).date())]
    with refused("same-grid"):
        perform(move_household, household.id, call(town.officer, days(7)), Moving(grid=other.id))


def test_consents_are_added_and_never_changed(town, grid):
    household = town.household(grid, **AGREED)
    later = days(2) + timedelta(hours=1)

    perform(withdraw_consent, household.id, call(town.officer, days(1)), Withdrawal(sure=True))
    perform(record_consent, household.id, call(town.officer, later), Agreement(**AGREED))

    assert [row.given for row in queries.consents_of(household)] == [True, False, True]
    assert ledger_faults() == []
