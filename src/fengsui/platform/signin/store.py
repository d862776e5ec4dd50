"""Rows that change at every sign-in: no records, no ledger. Only hashes of secrets are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django_otp.plugins.otp_totp.models import TOTPDevice

from fengsui.platform.accounts.models import User
from fengsui.platform.signin import policy
from fengsui.platform.signin.models import (
    PhoneKey,
    RecoveryCode,
    SignedIn,
    SignInEvent,
    Way,
    What,
)
from fengsui.platform.signin.secrets import code_digest, digest, new_recovery_code

_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Where:
    """From where somebody knocks."""

    address: str = ""
    agent: str = ""


NOWHERE = Where()


def note(
    what: What, at: datetime, user: User | None = None, where: Where = NOWHERE, by: str = ""
) -> None:
    """Write down what happened at the door."""
    SignInEvent.objects.create(
        at=at,
        what=what,
        user=user,
        username=user.username if user else "",
        address=where.address[:45],
        agent=where.agent[:200],
        by=by,
    )


def forget_old_events(now: datetime, limit: int = 1_000) -> int:
    """Drop what has been kept long enough, ended sign-ins with it; how many events went."""
    old = now - timedelta(days=policy.limit("event_days", now))
    SignedIn.objects.filter(seen_at__lt=old).delete()
    ids = list(SignInEvent.objects.filter(at__lt=old).values_list("id", flat=True)[:limit])
    return SignInEvent.objects.filter(id__in=ids).delete()[0] if ids else 0


def begin(user: User, way: Way, now: datetime, where: Where, phone_id: UUID | None) -> SignedIn:
    return SignedIn.objects.create(
        user=user,
        phone_id=phone_id,
        way=way,
        at=now,
        seen_at=now,
        address=where.address[:45],
        agent=where.agent[:200],
    )


def touch(running: SignedIn, now: datetime) -> None:
    """Remember that somebody is still there, at most once a minute."""
    if now - running.seen_at >= _SEEN_EVERY:
        SignedIn.objects.filter(id=running.id).update(seen_at=now)


def end(
    user: User,
    now: datetime,
    *,
    only: UUID | None = None,
    but: UUID | None = None,
    phone: UUID | None = None,
    by: str = "",
) -> int:
    """End a person's sign-ins: all, `only` one, all `but` one, those of one `phone`; how many ended."""
    running = SignedIn.objects.filter(user=user, ended_at=None)
    running = running.filter(id=only) if only else running
    running = running.exclude(id=but) if but else running
    running = running.filter(phone_id=phone) if phone else running
    ended = running.update(ended_at=now)
    if ended:
        note(What.ENDED, now, user, by=by)
    return ended


def leave(signed_in: UUID, now: datetime) -> None:
    SignedIn.objects.filter(id=signed_in, ended_at=None).update(ended_at=now)


def set_password(user: User, encoded: str) -> None:
    """The hash of a password that its owner chose."""
    User.objects.filter(id=user.id).update(password=encoded, must_change_password=False)


def with_password(user_id: str, encoded: str) -> User:
    """An account made a moment ago, with the password that its holder chose."""
    user = User.objects.get(id=user_id)
    set_password(user, encoded)
    user.refresh_from_db()
    return user


def keep_phone_key(phone: UUID, token: str, pin: str, now: datetime) -> None:
    PhoneKey.objects.create(
        phone_id=phone,
        token=digest(token),
        pin=pin,
        valid_until=now + timedelta(days=policy.limit("device_days", now)),
    )


def take_a_try(key: PhoneKey, most: int) -> bool:
    """Count a try before it is made, so that many at once are not more than many in a row."""
    left = PhoneKey.objects.filter(phone=key.phone_id, wrong__lt=most)
    return left.update(wrong=F("wrong") + 1) == 1


def pin_was_right(key: PhoneKey) -> None:
    PhoneKey.objects.filter(phone=key.phone_id).update(wrong=0)


def draft_second_factor(user: User) -> TOTPDevice:
    """The authenticator being set up: the same until it is confirmed, so that a reload keeps the picture."""
    found = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return found or TOTPDevice.objects.create(user=user, name="authenticator", confirmed=False)


def locked_second_factor(user: User, *, confirmed: bool) -> TOTPDevice | None:
    """The authenticator, held for the transaction: tries come one after the other."""
    devices = TOTPDevice.objects.select_for_update()
    return devices.filter(user=user, confirmed=confirmed).first()


def confirm_second_factor(device: TOTPDevice) -> None:
    TOTPDevice.objects.filter(user_id=device.user_id).exclude(pk=device.pk).delete()
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)


def forget_second_factor(user: User) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def new_recovery_codes(user: User, count: int) -> Sequence[str]:
    """Fresh codes in place of the old; shown once."""
    codes = [new_recovery_code() for _ in range(count)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=code_digest(code)) for code in codes
    )
    return codes


def use_recovery_code(user: User, code: str, now: datetime) -> bool:
    unused = RecoveryCode.objects.filter(user=user, digest=code_digest(code), used_at=None)
    return unused.update(used_at=now) == 1
