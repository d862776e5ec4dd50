"""Named reads about signing in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django_otp.plugins.otp_totp.models import TOTPDevice

from fengsui.platform.accounts.models import User
from fengsui.platform.signin import policy
from fengsui.platform.signin.access import events_for, phones_for, running_for, tickets_for
from fengsui.platform.signin.lifecycle import PhoneState, TicketState
from fengsui.platform.signin.models import (
    Phone,
    PhoneKey,
    RecoveryCode,
    SignedIn,
    SignInEvent,
    Ticket,
    TicketKind,
    What,
)
from fengsui.platform.signin.secrets import code_digest, digest
from fengsui.platform.who import Who

PAGE_SIZE = 50


def ticket_of(kind: TicketKind, secret: str, now: datetime) -> Ticket | None:
    """The ticket that this secret opens now; unknown, used, void and late are all the same: none."""
    hashed = digest(secret) if kind == TicketKind.LINK else code_digest(secret)
    found = Ticket.objects.filter(kind=kind, digest=hashed, state=TicketState.ISSUED)
    return found.filter(valid_until__gte=now, user__is_active=True).select_related("user").first()


def running(signed_in: UUID, user_id: UUID, now: datetime) -> SignedIn | None:
    """A sign-in that still holds: not ended, not idle or old for too long, its phone not lost."""
    found = (
        SignedIn.objects.filter(id=signed_in, user_id=user_id, ended_at=None)
        .select_related("phone")
        .first()
    )
    if found is None or (found.phone is not None and found.phone.state != PhoneState.BOUND):
        return None
    fresh = found.seen_at >= now - policy.idle() and found.at >= now - policy.longest()
    return found if fresh else None


def phone_key(token: str, now: datetime) -> PhoneKey | None:
    """The bound phone that carries this token, locked or not."""
    if not token:
        return None
    keys = PhoneKey.objects.select_related("phone__user")
    found = keys.filter(token=digest(token), phone__state=PhoneState.BOUND)
    return found.filter(phone__user__is_active=True, valid_until__gte=now).first()


def second_factor_of(user_id: UUID) -> TOTPDevice | None:
    """The authenticator a person has put into use."""
    return TOTPDevice.objects.filter(user_id=user_id, confirmed=True).first()


def codes_left(user_id: UUID) -> int:
    return RecoveryCode.objects.filter(user_id=user_id, used_at=None).count()


def failures(what: What, since: datetime, *, user_id: UUID | None = None, address: str = "") -> int:
    """How often somebody failed lately: of one person, or from one address."""
    found = SignInEvent.objects.filter(what=what, at__gt=since)
    if user_id is not None:
        found = found.filter(user_id=user_id)
    return (found.filter(address=address) if address else found).count()


def code_failures(user_id: UUID, now: datetime) -> int:
    since = now - timedelta(minutes=policy.limit("code_minutes", now))
    return failures(What.CODE_WRONG, since, user_id=user_id)


def signed_in_now(who: Who, now: datetime, user_id: UUID | None = None) -> Sequence[SignedIn]:
    """Running sign-ins that `who` may see, the last seen first."""
    fresh = running_for(who).filter(
        seen_at__gte=now - policy.idle(), at__gte=now - policy.longest()
    )
    if user_id is not None:
        fresh = fresh.filter(user_id=user_id)
    return list(fresh.select_related("user", "phone").order_by("-seen_at", "id")[:PAGE_SIZE])


def phones_of(who: Who, user_id: UUID) -> list[Phone]:
    bound = phones_for(who).filter(user_id=user_id, state=PhoneState.BOUND)
    return list(bound.select_related("key").order_by("-moved_at"))


def tickets_of(who: Who, user_id: UUID) -> list[Ticket]:
    return list(tickets_for(who).filter(user_id=user_id).order_by("-moved_at", "-id")[:5])


def events_before(who: Who, before: str, user_id: UUID | None = None) -> list[SignInEvent]:
    """What happened at the door, newest first."""
    found = events_for(who).select_related("user").order_by("-id")
    if user_id is not None:
        found = found.filter(user_id=user_id)
    if before.isdigit():
        found = found.filter(id__lt=int(before))
    return list(found[:PAGE_SIZE])


def has_second_factor(user_ids: Sequence[UUID]) -> set[UUID]:
    found = TOTPDevice.objects.filter(user_id__in=user_ids, confirmed=True)
    return set(found.values_list("user_id", flat=True))


def user_named(username: str) -> User | None:
    return User.objects.filter(username=username).first()
