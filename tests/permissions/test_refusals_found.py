"""Ways in that the tables once found open; each stays closed."""

import pytest
from pydantic import ValidationError

from fengsui.platform.accounts.actions import (
    Appointment,
    Leave,
    NewOrganisation,
    appoint,
    create_organisation,
    go_on_leave,
)
from fengsui.platform.accounts.models import OrganisationKind, Post
from fengsui.platform.actions import perform
from fengsui.platform.who import PostKind
from tests import make
from tests.unwritten import refused

pytestmark = pytest.mark.django_db


def appointment(organisation, kind, username="zhao.gq"):
    return Appointment(username=username, name="赵国庆", organisation=organisation.id, kind=kind)


def test_an_officer_registers_no_unit_of_another_county():
    officer = make.who()
    form = NewOrganisation(name="顺达五金店", kind=OrganisationKind.UNIT, region="150523001000")

    with refused("region-elsewhere"):
        perform(create_organisation, None, make.call(officer), form)


def test_an_officer_appoints_managers_of_units_only():
    officer = make.who()
    brigade = make.organisation(region=officer.region)

    with refused("only-managers"):
        form = appointment(brigade, PostKind.PREMISES_MANAGER)
        perform(appoint, None, make.call(officer), form)


@pytest.mark.parametrize("kind", [PostKind.PUBLIC, PostKind.DEVICE, PostKind.CLOCK])
def test_nobody_is_appointed_to_what_no_person_is(kind):
    """The clock sees every task: whoever could be appointed clock would see everything."""
    with pytest.raises(ValidationError, match="不是由人担任的岗位"):
        appointment(make.organisation(), kind)


@pytest.mark.parametrize(
    ("lent", "held"),
    [
        (PostKind.SYSTEM_ADMIN, PostKind.SUPERVISOR),
        (PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN),
        (PostKind.SUPERVISOR, PostKind.SECURITY_ADMIN),
    ],
)
def test_a_deputy_does_not_combine_what_may_not_be_held_together(lent, held):
    keeper, house = make.who(PostKind.SECURITY_ADMIN), make.organisation()
    away, deputy = make.post(lent, organisation=house), make.post(held, organisation=house)
    form = Leave(deputy=deputy.user.username, until=make.NOON.date())

    # The sentence names both conditions: a colleague, and no administrator but of the same kind.
    with refused("deputy-unknown"):
        perform(go_on_leave, away.id, make.call(keeper), form)


def test_a_colleague_who_administers_elsewhere_is_no_deputy():
    keeper, house = make.who(PostKind.SECURITY_ADMIN), make.organisation()
    away, deputy = make.post(organisation=house), make.post(organisation=house)
    make.post(PostKind.AUDIT_ADMIN, user=deputy.user)
    form = Leave(deputy=deputy.user.username, until=make.NOON.date())

    with refused("posts-not-combinable"):
        perform(go_on_leave, away.id, make.call(keeper), form)


def test_somebody_of_another_organisation_is_no_deputy():
    keeper = make.who(PostKind.SECURITY_ADMIN)
    away, deputy = make.post(), make.post()
    form = Leave(deputy=deputy.user.username, until=make.NOON.date())

    with refused("deputy-unknown"):
        perform(go_on_leave, away.id, make.call(keeper), form)


def test_a_deputy_of_the_same_trade_is_taken():
    keeper, house = make.who(PostKind.SECURITY_ADMIN), make.organisation()
    away = make.post(PostKind.SUPERVISOR, organisation=house)
    deputy = make.post(PostKind.BRIGADE_HEAD, organisation=house)
    form = Leave(deputy=deputy.user.username, until=make.NOON.date())

    perform(go_on_leave, away.id, make.call(keeper), form)

    assert Post.objects.get(id=away.id).deputy == deputy.user
