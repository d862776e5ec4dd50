"""The only place where notices open a sealed phone or mail address: for one message, on record."""

from datetime import datetime
from uuid import UUID

from fengsui.platform import rules
from fengsui.platform.accounts.models import User
from fengsui.platform.actions import perform
from fengsui.platform.fields import Sealed
from fengsui.platform.notices import queries
from fengsui.platform.notices.actions import Use, record_use
from fengsui.platform.notices.lifecycle import Channel
from fengsui.platform.notices.models import Sending
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.who import CLOCK
from fengsui.platform.worklist.sweep import clock_call


def address_of(sending: Sending, now: datetime) -> str:
    """Where this message goes, or nothing. That a personal address was opened is entered before it is."""
    channel = Channel(sending.channel)
    person = _person(sending, now)
    if channel == Channel.ROBOT:
        return person.username if person else ""
    sealed = _sealed(sending, person)
    if not sealed:
        return ""
    notice = sending.notice
    use = Use(
        sending=sending.id,
        channel=channel,
        receiver=notice.receiver,
        occasion=notice.occasion,
        about_type=notice.about_type,
        about_id=notice.about_id,
    )
    perform(record_use, None, clock_call(f"address/{sending.id}", now), use)
    return sealed.open()


def _person(sending: Sending, now: datetime) -> User | None:
    post = sending.notice.post_id
    return queries.person_at(post, rules.local_day(now)) if post else None


def _sealed(sending: Sending, person: User | None) -> Sealed:
    if person is None:
        return _phone_in_a_record(sending.notice.receiver)
    if sending.channel != Channel.MAIL:
        return _as_sealed(person.phone)
    wish = queries.wish_of(person.id)
    return _as_sealed(wish.mail) if wish else Sealed("")


def _phone_in_a_record(receiver: str) -> Sealed:
    kind, *where = receiver.split(":")
    if kind != "phone":
        return Sealed("")
    type_name, record_id, field = where
    record = RECORD_TYPES[type_name].visible(CLOCK).filter(pk=UUID(record_id)).first()
    return _as_sealed(getattr(record, field, ""))


def _as_sealed(value: Sealed | str) -> Sealed:
    return value if isinstance(value, Sealed) else Sealed(value)
