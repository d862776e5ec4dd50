"""The second factor: each code once, tries counted, recovery codes for the day the phone is gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fengsui.platform.signin import second_factor, starting, store
from fengsui.platform.signin.models import SignInEvent, Ticket, What
from fengsui.platform.signin.queries import codes_left, second_factor_of
from fengsui.platform.signin.second_factor import Verdict
from fengsui.platform.signin.store import NOWHERE
from tests import make
from tests.platform.signin.steps import (
    NEW_PASSWORD,
    enrolled,
    issued,
    keeper,
    secret_of,
    totp,
)

pytestmark = pytest.mark.django_db


def judged(user, code, at=None) -> Verdict:
    return second_factor.judge(user, code, at or timezone.now(), NOWHERE)


def test_nothing_is_in_use_before_the_first_code_is_right():
    user = make.user()
    secret = secret_of(store.draft_second_factor(user))
    wrong = f"{(int(totp(secret)) + 1) % 1_000_000:06d}"

    assert second_factor.enrol(user, wrong, timezone.now(), NOWHERE) is None
    assert second_factor_of(user.id) is None


def test_a_code_works_once():
    user = make.user()
    secret, _ = enrolled(user)
    code = totp(secret, ahead=1)

    assert judged(user, code) == Verdict.RIGHT
    assert judged(user, code) == Verdict.WRONG


def test_a_recovery_code_works_once_however_it_is_written():
    user = make.user()
    _, codes = enrolled(user)
    assert len(codes) == 10

    assert judged(user, codes[3].lower().replace("-", " ")) == Verdict.RIGHT
    assert judged(user, codes[3]) == Verdict.WRONG
    assert codes_left(user.id) == 9


def test_after_six_wrong_codes_the_right_one_waits_a_quarter_of_an_hour():
    user = make.user()
    secret, codes = enrolled(user)
    now = timezone.now()

    verdicts = [judged(user, "000000x", now) for _ in range(6)]

    assert verdicts == [Verdict.WRONG] * 5 + [Verdict.LOCKED]
    assert judged(user, totp(secret, ahead=1), now) == Verdict.LOCKED
    assert judged(user, codes[0], now) == Verdict.LOCKED
    assert codes_left(user.id) == 10
    assert judged(user, codes[0], now + timedelta(minutes=16)) == Verdict.RIGHT
    assert SignInEvent.objects.filter(what=What.CODE_LOCKED).count() == 1


def test_a_new_password_does_not_take_the_second_factor_away_unless_the_link_says_so():
    user, by = make.user(), keeper()
    enrolled(user)

    for clears, kept in ((False, True), (True, False)):
        ticket = Ticket.objects.get(id=issued(by, user, clears_second_factor=clears).ticket)
        starting.start_with_password(ticket, NEW_PASSWORD, timezone.now(), NOWHERE)
        assert (second_factor_of(user.id) is not None) is kept
