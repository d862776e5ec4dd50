"""Actions inside actions: one transaction, keys of their own, all or nothing."""

from datetime import timedelta

import pytest

from fengsui.platform.accounts.models import Organisation
from fengsui.platform.actions import perform
from fengsui.platform.documents.actions import Serving
from fengsui.platform.ledger.models import Entry, KeyUse
from fengsui.platform.who import PostKind
from fengsui.registry.actions import Facts, register_premises
from fengsui.registry.models import Premises
from fengsui.supervision.actions import hazard
from tests import make
from tests.supervision import loop
from tests.unwritten import refused, tables

pytestmark = pytest.mark.django_db
SHOP = Facts(
    name="顺达五金店",
    region="150502001000",
    address="民主街 7 号",
    kind="商场",
    area_m2=80,
    responsible_name="王立新",
)


@pytest.fixture
def officer():
    """A supervisor of a county that has its brigade, and a township in it."""
    make.region()
    return make.who()


def test_an_inner_action_has_the_outer_key_with_its_number_and_an_entry_of_its_own(officer):
    done = perform(register_premises, None, make.call(officer, key="k"), SHOP)

    uses = dict(KeyUse.objects.values_list("key", "entry_id"))
    assert set(uses) == {"k", "k/1"}
    assert uses["k"] == done.entry
    inner = Entry.objects.get(id=uses["k/1"])
    assert (inner.what, inner.record_id) == (
        "organisation.create_organisation",
        Premises.objects.get(id=done.made).unit_id,
    )


def test_a_repeat_of_the_outer_does_not_repeat_the_inner(officer):
    call = make.call(officer, key="k")
    first = perform(register_premises, None, call, SHOP)
    before = tables()

    again = perform(register_premises, None, make.call(officer, key="k"), SHOP)

    assert (again.record, again.result, again.replayed) == (first.record, first.result, True)
    assert tables() == before
    assert Organisation.objects.filter(kind="unit").count() == 1


def test_a_refusal_inside_undoes_the_outer():
    team = make.Team()
    record = loop.ordered(team)
    early = Serving(recipient="刘海燕", served_at=make.NOON - timedelta(days=1))

    with refused("served-before-issued"):
        perform(hazard.serve_order, record.id, loop.call(team.lead), early)


def test_a_refusal_of_the_outer_undoes_the_inner():
    """The unit is registered first; then no brigade is found for the county."""
    make.region("150523001000")
    prefecture = make.organisation(kind="detachment", region="150500000000")
    officer = make.who(PostKind.SUPERVISOR, organisation=prefecture)

    with refused("no-brigade"):
        form = SHOP.model_copy(update={"region": "150523001000"})
        perform(register_premises, None, make.call(officer), form)


def test_after_a_refusal_the_same_key_may_be_used_for_the_corrected_form():
    team = make.Team()
    record = loop.ordered(team)
    early = Serving(recipient="刘海燕", served_at=make.NOON - timedelta(days=1))
    with refused("served-before-issued"):
        perform(hazard.serve_order, record.id, loop.call(team.lead, key="k"), early)

    done = perform(
        hazard.serve_order, record.id, loop.call(team.lead, key="k"), Serving(recipient="刘海燕")
    )

    assert (done.state, done.replayed) == ("rectifying", False)
