"""A manager claims a premises with the code an officer gave; several units hang on one account."""

from datetime import timedelta

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import Post
from fengsui.platform.accounts.queries import who_of
from fengsui.platform.actions import perform
from fengsui.platform.documents import actions as documents
from fengsui.platform.documents.models import DeliveryConfirmation
from fengsui.platform.documents.queries import confirmation_of
from fengsui.platform.ledger.models import Entry
from fengsui.platform.signin.secrets import code_digest
from fengsui.platform.who import PUBLIC, PostKind
from fengsui.registry import actions
from fengsui.registry.access import claims_for, premises_for
from fengsui.registry.models import ClaimCode
from fengsui.registry.queries import behind_the_door, claim_of, managers_of
from tests import make
from tests.unwritten import tables

pytestmark = pytest.mark.django_db
CODE = "7K3M-9QRT-WXYZ"


@pytest.fixture
def team():
    make.region()
    return make.Team()


def shop_of(team):
    """A premises of another unit, with a code on its door."""
    return make.premises(team.brigade, door_code="8K3M9QRTWX")


def issued(team, premises=None, **over):
    premises = premises or shop_of(team)
    form = actions.Issuing(premises=premises.pk, digest=code_digest(CODE), **over)
    done = perform(actions.issue_claim_code, None, make.call(team.head), form)
    return ClaimCode.objects.get(pk=done.made), done


def claim(code, who, **over):
    form = actions.Claiming(door=code.premises.door_code, code=CODE)
    return perform(actions.claim_premises, None, make.call(who, **over), form)


def said_no(run):
    before = tables()
    with pytest.raises(Refusal) as no:
        run()
    assert tables() == before
    return no.value


def test_a_manager_of_one_unit_claims_another_and_keeps_both(team):
    shop = shop_of(team)
    code, _ = issued(team, shop)

    done = claim(code, team.manager)

    held = Post.objects.filter(user_id=team.manager.user_id).order_by("since_on", "id")
    assert [post.organisation for post in held] == [team.premises.unit, shop.unit]
    assert {post.state for post in held} == {"held"}
    mine = who_of(Post.objects.get(pk=done.made))
    assert list(premises_for(mine)) == [shop]


def test_a_code_works_once_and_in_time(team):
    shop = shop_of(team)
    code, _ = issued(team, shop)
    late = code.valid_until + timedelta(minutes=1)

    assert claim_of(CODE, shop, make.NOON) == code
    assert claim_of(CODE, team.premises, make.NOON) is None
    assert claim_of(CODE, shop, late) is None
    assert said_no(lambda: claim(code, team.manager, received_at=late)).code == "claim-invalid"
    claim(code, team.manager)
    assert claim_of(CODE, shop, make.NOON) is None
    assert said_no(lambda: claim(code, team.manager)).code == "claim-invalid"


def test_without_the_paper_a_code_does_not_exist_for_a_manager(team):
    code, _ = issued(team)
    call = make.call(team.manager)

    guessed = actions.Claiming(door=code.premises.door_code, code="2222-2222-2222")

    assert not claims_for(team.manager).exists()
    assert said_no(lambda: perform(actions.claim_premises, None, call, guessed)).code == (
        "claim-invalid"
    )


def test_a_scanner_may_give_the_whole_address(team):
    code, _ = issued(team)
    form = actions.Claiming(door=f"https://fire.example/p/{code.premises.door_code}/", code=CODE)

    done = perform(actions.claim_premises, None, make.call(team.manager), form)

    assert done.result == {"premises": code.premises.name}


def test_a_premises_already_held_uses_up_no_code(team):
    team.premises.door_code = "9K3M9QRTWX"
    team.premises.save()
    code, _ = issued(team, team.premises)

    assert said_no(lambda: claim(code, team.manager)).code == "post-held-already"

    code.refresh_from_db()
    assert code.state == "issued"


def test_a_newcomer_gets_an_account_and_the_post_with_the_code(team):
    code, _ = issued(team)
    form = actions.FirstClaiming(
        door=code.premises.door_code,
        code=CODE,
        name="李红梅",
        username="li.hongmei",
        phone="13904751111",
    )
    taken = form.model_copy(update={"username": make.username(team.manager)})

    assert said_no(
        lambda: perform(actions.claim_as_newcomer, None, make.call(PUBLIC), taken)
    ).code == ("username-taken")
    done = perform(actions.claim_as_newcomer, None, make.call(PUBLIC), form)

    post = Post.objects.get(pk=done.made)
    assert (post.user.name, post.organisation) == ("李红梅", code.premises.unit)
    assert not post.user.has_usable_password()
    code.refresh_from_db()
    assert (code.state, code.used_by) == ("used", "李红梅")
    assert not [entry for entry in Entry.objects.all() if "13904751111" in entry.body]


def test_changing_the_manager_ends_the_post_of_the_one_before(team):
    other = make.premises(team.brigade)
    new = make.who(PostKind.PREMISES_MANAGER, organisation=other.unit)
    team.premises.door_code = "9K3M9QRTWX"
    team.premises.save()

    code, done = issued(team, team.premises, replaces=True)
    claim(code, new)

    assert done.result["ended"] == [team.manager.name]
    assert Post.objects.get(pk=team.manager.post_id).state == "ended"
    assert [post.user_id for post in managers_of(team.premises)] == [new.user_id]


def test_a_new_manager_confirms_electronic_service_anew(team):
    confirming = documents.Confirming(
        recipient="刘海燕", address="13900000000@example.cn", phone="13900000000", agreed="yes"
    )
    perform(documents.confirm_delivery, None, make.call(team.manager), confirming)
    assert confirmation_of(team.premises.unit_id)

    issued(team, team.premises)
    assert confirmation_of(team.premises.unit_id), "a code for a second manager ends nothing"
    form = actions.Issuing(premises=team.premises.pk, digest=code_digest("another"), replaces=True)
    perform(actions.issue_claim_code, None, make.call(team.head), form)

    assert confirmation_of(team.premises.unit_id) is None
    assert DeliveryConfirmation.objects.get().state == "lapsed"


def test_a_new_code_voids_the_earlier_one(team):
    first, _ = issued(team)
    form = actions.Issuing(premises=first.premises.pk, digest=code_digest("another"))
    perform(actions.issue_claim_code, None, make.call(team.head), form)

    first.refresh_from_db()
    assert first.state == "cancelled"


def test_no_entry_holds_the_code(team):
    code, _ = issued(team)
    claim(code, team.manager)

    assert not [entry for entry in Entry.objects.all() if CODE in entry.body]


def test_a_renewed_door_code_closes_the_old_door(team):
    perform(
        actions.renew_door_code,
        team.premises.pk,
        make.call(team.head),
        actions.Reason(reason="门牌被揭"),
    )
    team.premises.refresh_from_db()
    first = team.premises.door_code
    perform(
        actions.renew_door_code,
        team.premises.pk,
        make.call(team.head),
        actions.Reason(reason="门牌被揭"),
    )

    team.premises.refresh_from_db()
    assert behind_the_door(first) is None
    assert behind_the_door(team.premises.door_code.lower()) == team.premises
