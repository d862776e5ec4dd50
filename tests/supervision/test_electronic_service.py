"""Electronic service counts only after the unit signed a confirmation (行政处罚法 §61)."""

from datetime import timedelta

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.calls import Nothing
from fengsui.platform.documents import actions as documents
from fengsui.platform.documents.models import DeliveryConfirmation, Service
from fengsui.platform.ledger.models import Entry
from fengsui.supervision.actions.hazard import serve_order
from fengsui.supervision.queries import papers_at
from tests import make
from tests.supervision import loop
from tests.unwritten import refused

pytestmark = pytest.mark.django_db
ADDRESS, PHONE = "liu.haiyan@yunling.example", "13847500066"
BY_MAIL = documents.Serving(mode="electronic", recipient="刘海燕")


def signed(team, at):
    form = documents.Confirming(recipient="刘海燕", address=ADDRESS, phone=PHONE, agreed="yes")
    call = make.call(team.manager, at=at, received_at=at)
    done = perform(documents.confirm_delivery, None, call, form)
    return DeliveryConfirmation.objects.get(pk=done.made)


def serve(team, hazard, at):
    call = make.call(team.lead, at=at, received_at=at)
    return perform(serve_order, hazard.pk, call, BY_MAIL)


@pytest.fixture
def team():
    return make.Team()


def test_without_a_confirmation_electronic_service_is_refused(team):
    hazard = loop.ordered(team)

    with refused("electronic-not-confirmed"):
        serve(team, hazard, hazard.moved_at + timedelta(hours=1))


def test_after_the_confirmation_it_counts(team):
    hazard = loop.ordered(team)
    confirmation = signed(team, hazard.moved_at + timedelta(minutes=10))

    serve(team, hazard, hazard.moved_at + timedelta(hours=1))

    assert Service.objects.get().mode == "electronic"
    assert (confirmation.unit_id, confirmation.signed_by) == (
        team.premises.unit_id,
        team.manager.name,
    )


def test_a_confirmation_that_was_taken_back_or_is_another_units_does_not_count(team):
    hazard = loop.ordered(team)
    confirmation = signed(team, hazard.moved_at + timedelta(minutes=10))
    perform(documents.withdraw_confirmation, confirmation.pk, make.call(team.manager), Nothing())
    signed(make.Team(), hazard.moved_at + timedelta(minutes=10))

    with refused("electronic-not-confirmed"):
        serve(team, hazard, hazard.moved_at + timedelta(hours=1))


def test_a_unit_signs_once_and_its_address_is_nowhere_in_clear(team):
    confirmation = signed(team, make.NOON)

    with pytest.raises(Refusal, match="confirmed-already"):
        signed(team, make.NOON)
    assert str(confirmation.address) == "liu****"
    assert not [
        entry for entry in Entry.objects.all() if ADDRESS in entry.body or PHONE in entry.body
    ]


def test_the_page_of_a_premises_shows_the_papers_of_its_visits_and_hazards(team):
    hazard = loop.ordered(team)

    papers = papers_at(team.lead, team.premises)

    assert {paper.about_id for paper in papers} == {hazard.pk, hazard.inspection_id}
