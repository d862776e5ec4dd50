"""A link or a paper code starts one person once, in time, and each issue and use is in the ledger."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from fengsui.kernel.refusal import Refusal
from fengsui.platform.ledger.models import Entry
from fengsui.platform.signin import queries, starting
from fengsui.platform.signin.models import Phone, PhoneKey, Ticket, TicketKind
from fengsui.platform.signin.secrets import is_weak_pin
from fengsui.platform.signin.store import NOWHERE
from fengsui.platform.who import PostKind
from tests import make
from tests.platform.signin.steps import NEW_PASSWORD, PIN, holder, issued, keeper

pytestmark = pytest.mark.django_db


def whats() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("what", flat=True))


def test_a_link_sets_a_password_once():
    user = make.user()
    secret = issued(keeper(), user).secret
    ticket = queries.ticket_of(TicketKind.LINK, secret, timezone.now())
    assert ticket is not None

    started = starting.start_with_password(ticket, NEW_PASSWORD, timezone.now(), NOWHERE)

    assert started.check_password(NEW_PASSWORD)
    assert queries.ticket_of(TicketKind.LINK, secret, timezone.now()) is None
    with pytest.raises(Refusal, match="ticket-invalid"):
        starting.start_with_password(ticket, "somebody else's words", timezone.now(), NOWHERE)
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert whats() == ["ticket.issue_ticket", "ticket.use_ticket"]


def test_neither_the_database_nor_the_ledger_holds_the_secret():
    user = make.user()
    secret = issued(keeper(), user).secret

    kept = json.dumps([Ticket.objects.get().digest, *Entry.objects.values_list("body", flat=True)])

    assert secret not in kept


@pytest.mark.parametrize(
    ("kind", "kept"),
    [(TicketKind.LINK, timedelta(hours=72)), (TicketKind.PAPER, timedelta(days=14))],
)
def test_a_ticket_holds_as_long_as_the_rulebook_says(kind, kept):
    user = make.post(PostKind.GRID_WORKER).user
    at = timezone.now()
    secret = issued(keeper(), user, kind, at=at).secret

    second = timedelta(seconds=1)
    assert queries.ticket_of(kind, secret, at + kept - second) is not None
    assert queries.ticket_of(kind, secret, at + kept + second) is None


def test_a_late_ticket_is_refused_by_the_action_too():
    user = make.user()
    old = timezone.now() - timedelta(days=4)
    ticket = Ticket.objects.get(id=issued(keeper(), user, at=old).ticket)

    with pytest.raises(Refusal, match="ticket-invalid"):
        starting.start_with_password(ticket, NEW_PASSWORD, timezone.now(), NOWHERE)

    user.refresh_from_db()
    assert user.password == ""
    assert whats() == ["ticket.issue_ticket"]


def test_a_new_ticket_makes_the_one_before_void():
    user, by = make.user(), keeper()
    first, second = issued(by, user).secret, issued(by, user).secret

    now = timezone.now()
    assert queries.ticket_of(TicketKind.LINK, first, now) is None
    assert queries.ticket_of(TicketKind.LINK, second, now) is not None


def test_officers_let_managers_and_grid_workers_of_their_region_start():
    team = make.Team()
    worker = make.post(PostKind.GRID_WORKER, organisation=make.organisation(kind="service_centre"))

    issued(team.head, holder(team.manager))
    issued(team.head, worker.user, TicketKind.PAPER)

    assert Ticket.objects.count() == 2


def test_officers_do_not_let_their_colleagues_start():
    team = make.Team()

    with pytest.raises(Refusal, match="not-yours-to-start"):
        issued(team.head, team.lead_post.user)

    assert not Ticket.objects.exists()
    assert not Entry.objects.exists()


def test_people_elsewhere_do_not_exist():
    elsewhere = make.organisation(region="150523000000")
    stranger = make.post(PostKind.GRID_WORKER, organisation=elsewhere)

    with pytest.raises(Refusal, match="user-unknown"):
        issued(make.Team().head, stranger.user, TicketKind.PAPER)


def test_paper_is_for_posts_that_may_use_a_pin():
    officer = make.post(PostKind.SUPERVISOR)

    with pytest.raises(Refusal, match="no-phone-post"):
        issued(keeper(), officer.user, TicketKind.PAPER)


def test_a_paper_code_binds_one_phone_and_the_next_code_the_next():
    user, by = make.post(PostKind.GRID_WORKER).user, keeper()
    now = timezone.now()
    tokens = []
    for _ in range(2):
        code = issued(by, user, TicketKind.PAPER).secret
        ticket = queries.ticket_of(TicketKind.PAPER, code.lower().replace("-", " "), now)
        assert ticket is not None
        tokens.append(starting.start_on_phone(ticket, PIN, "安卓手机", now)[2])

    assert queries.phone_key(tokens[0], now) is None
    assert queries.phone_key(tokens[1], now) is not None
    states = Phone.objects.order_by("moved_at", "id").values_list("state", flat=True)
    assert sorted(states) == ["bound", "revoked"]


def test_wrong_pins_lock_the_phone_even_for_the_right_one():
    user = make.post(PostKind.GRID_WORKER).user
    now = timezone.now()
    ticket = queries.ticket_of(
        TicketKind.PAPER, issued(keeper(), user, TicketKind.PAPER).secret, now
    )
    assert ticket is not None
    token = starting.start_on_phone(ticket, PIN, "安卓手机", now)[2]

    def opens(pin: str) -> bool:
        key = queries.phone_key(token, now)
        assert key is not None
        return starting.open_phone(key, pin, now, NOWHERE)

    assert [opens("111222") for _ in range(4)] == [False] * 4
    assert opens(PIN)
    assert [opens("111222") for _ in range(5)] == [False] * 5
    assert not opens(PIN)
    assert PhoneKey.objects.get().wrong == 5


@pytest.mark.parametrize(
    ("pin", "weak"),
    [("000000", True), ("123456", True), ("654321", True), ("123457", False), ("280641", False)],
)
def test_pins_that_anybody_tries_first(pin, weak):
    assert is_weak_pin(pin) is weak
