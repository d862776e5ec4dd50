"""Facts put right: a sealed number left empty stays, one taken away is taken away on purpose."""

import pytest
from pydantic import ValidationError

from fengsui.platform.actions import perform
from fengsui.platform.ledger.models import Entry
from fengsui.registry.actions import Amendment, amend_premises
from fengsui.registry.actions.premises import known
from fengsui.registry.models import Premises
from tests import make

pytestmark = pytest.mark.django_db
REASON = "号码已停机，单位尚未报送新号码"


@pytest.fixture
def place():
    make.region()
    agency = make.organisation()
    return make.premises(agency, manager_name="宝力道", manager_phone="15800000000")


def amended(place, **said):
    facts = known(Premises.objects.get(id=place.id))
    who = make.who(region=place.region)
    perform(amend_premises, place.id, make.call(who), Amendment(**(facts | said)))
    found = Premises.objects.get(id=place.id)
    return found.responsible_phone.open(), found.manager_phone.open()


def test_empty_numbers_stay_as_they_are(place):
    assert amended(place, address="建国路 120 号") == ("13800000000", "15800000000")
    assert Premises.objects.get(id=place.id).address == "建国路 120 号"


def test_a_number_entered_anew_replaces_the_old_one(place):
    assert amended(place, manager_phone="15911112222") == ("13800000000", "15911112222")


def test_a_number_is_taken_away_with_a_reason(place):
    taken = amended(place, drop_manager_phone=True, drop_reason=REASON)

    assert taken == ("13800000000", "")
    inputs = Entry.objects.latest("id").body
    assert REASON in inputs
    assert "15800000000" not in inputs


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"drop_manager_phone": True}, "理由"),
        (
            {"drop_manager_phone": True, "manager_phone": "15911112222", "drop_reason": REASON},
            "不能既填写又删除",
        ),
    ],
)
def test_a_number_is_not_taken_away_without_a_reason_nor_while_a_new_one_is_given(place, said, why):
    before = Entry.objects.count()

    with pytest.raises(ValidationError, match=why):
        amended(place, **said)

    assert Entry.objects.count() == before
    assert Premises.objects.get(id=place.id).manager_phone.open() == "15800000000"
