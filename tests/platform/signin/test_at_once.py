"""Many at once are no more than one after the other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from fengsui.kernel.refusal import Refusal
from fengsui.platform.ledger.models import Entry
from fengsui.platform.signin import queries, starting, store
from fengsui.platform.signin.models import Phone, PhoneKey, Ticket, TicketKind
from fengsui.platform.signin.store import NOWHERE
from fengsui.platform.who import PostKind
from tests import make
from tests.platform.signin.steps import PIN, issued, keeper

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4


def together(act):
    """What each of four threads got that began at the same moment."""
    ready = Barrier(HANDS)

    def one(number: int):
        ready.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        return list(hands.map(one, range(HANDS)))


def test_one_of_four_who_use_a_link_at_once_gets_in():
    user = make.user()
    ticket = Ticket.objects.get(id=issued(keeper(), user).ticket)

    def use(number: int) -> bool:
        try:
            starting.start_with_password(
                ticket, f"password of hand {number}", timezone.now(), NOWHERE
            )
        except Refusal:
            return False
        return True

    won = together(use)

    user.refresh_from_db()
    assert won.count(True) == 1
    assert user.check_password(f"password of hand {won.index(True)}")
    assert Entry.objects.filter(what="ticket.use_ticket").count() == 1


@pytest.mark.parametrize("counted_first", [True, False])
def test_pins_tried_at_once_are_counted(counted_first, monkeypatch):
    """Without counting before looking (the control) all four are looked at with one try left."""
    if not counted_first:
        monkeypatch.setattr(store, "take_a_try", lambda key, most: key.wrong < most)
        # What four failures write down would meet in SQLite; here only the looking counts.
        monkeypatch.setattr(store, "note", lambda *_said, **_more: None)
    looked: list[str] = []

    def look(pin: str, _: str) -> bool:
        looked.append(pin)
        return False

    monkeypatch.setattr(starting, "check_password", look)
    phone = Phone.objects.create(
        **make._record(state="bound", user=make.post(PostKind.GRID_WORKER).user, name="手机")
    )
    now = timezone.now()
    PhoneKey.objects.create(phone=phone, token="t", pin=PIN, wrong=4, valid_until=now)
    keys = [PhoneKey.objects.select_related("phone__user").get() for _ in range(HANDS)]

    together(lambda number: starting.open_phone(keys[number], "111222", now, NOWHERE))

    assert len(looked) == (1 if counted_first else HANDS)


def test_a_lost_code_is_not_found_by_its_start():
    user = make.post(PostKind.GRID_WORKER).user
    code = issued(keeper(), user, TicketKind.PAPER).secret

    assert queries.ticket_of(TicketKind.PAPER, code[:-1], timezone.now()) is None
