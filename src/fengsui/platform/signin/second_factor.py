"""The second factor: set up once, asked after the password where a post demands it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from django_otp.plugins.otp_totp.models import TOTPDevice

from fengsui.platform.accounts.models import User
from fengsui.platform.actions import persist
from fengsui.platform.signin import policy, queries, store
from fengsui.platform.signin.models import What
from fengsui.platform.signin.store import Where


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


def enrol(user: User, code: str, now: datetime, where: Where) -> Sequence[str] | None:
    """Put the drafted authenticator into use with its first code; the recovery codes, or None if wrong.

    In place of the one before; shown once.
    """

    def put_into_use() -> Sequence[str] | None:
        device = store.locked_second_factor(user, confirmed=False)
        if device is None or not _matches(device, code):
            return None
        store.confirm_second_factor(device)
        store.note(What.ENROLLED, now, user, where)
        return store.new_recovery_codes(user, policy.limit("recovery_codes", now))

    return persist(put_into_use)


def judge(user: User, code: str, now: datetime, where: Where) -> Verdict:
    """Is it the code of this half minute, or an unused recovery code? Each works once.

    After too many wrong ones within some minutes nothing is looked at any more (rule SIGN-IN).
    """

    def look() -> Verdict:
        device = store.locked_second_factor(user, confirmed=True)
        if device is None:
            return Verdict.WRONG
        if queries.code_failures(user.id, now) >= policy.limit("code_tries", now):
            return Verdict.LOCKED
        return _judged(device, user, code, now, where)

    return persist(look)


def _judged(device: TOTPDevice, user: User, code: str, now: datetime, where: Where) -> Verdict:
    if _matches(device, code):
        store.note(What.CODE_ACCEPTED, now, user, where)
        return Verdict.RIGHT
    if store.use_recovery_code(user, code, now):
        store.note(What.RECOVERY_USED, now, user, where)
        return Verdict.RIGHT
    store.note(What.CODE_WRONG, now, user, where)
    if queries.code_failures(user.id, now) >= policy.limit("code_tries", now):
        store.note(What.CODE_LOCKED, now, user, where)
        return Verdict.LOCKED
    return Verdict.WRONG


def _matches(device: TOTPDevice, code: str) -> bool:
    digits = code.replace(" ", "")
    return len(digits) == device.digits and digits.isascii() and bool(device.verify_token(digits))
