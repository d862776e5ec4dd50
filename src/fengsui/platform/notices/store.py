"""Writing notices and how far they got: in short transactions of their own, under leases."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from fengsui.platform.notices.access import notices_for
from fengsui.platform.notices.lifecycle import Channel, Progress, Urgency
from fengsui.platform.notices.models import Notice, Place, Sending
from fengsui.platform.who import Who

_TELLING_LOCK = 0x4E4F5449  # any number that no other advisory lock of the product uses


@dataclass(frozen=True, slots=True)
class Telling:
    """One occasion for one receiver, with the channels and the moment of the first try on each."""

    key: str
    receiver: str
    post_id: UUID | None
    occasion: str
    urgency: Urgency
    title: str
    text: str
    about_type: str
    about_id: UUID
    at: datetime
    channels: Sequence[tuple[Channel, datetime | None]]

    def notice(self) -> Notice:
        return Notice(
            key=self.key,
            receiver=self.receiver,
            post_id=self.post_id,
            occasion=self.occasion,
            urgency=self.urgency,
            title=self.title,
            text=self.text,
            about_type=self.about_type,
            about_id=self.about_id,
            at=self.at,
        )

    def sendings(self, notice: Notice) -> list[Sending]:
        return [
            Sending(
                notice=notice,
                channel=channel,
                state=Progress.SENT if channel == Channel.APP else Progress.QUEUED,
                due_at=None if channel == Channel.APP else first,
                sent_at=self.at if channel == Channel.APP else None,
            )
            for channel, first in self.channels
        ]


def tell(tellings: Iterable[Telling]) -> int:
    """Write what was not told before; how many notices are new. Also inside a caller's transaction.

    One writer at a time, so that numbers are given in the order of commits: a reader that saw
    number n has seen all below it.
    """
    wanted = {(telling.key, telling.receiver): telling for telling in tellings}
    if not wanted:
        return 0
    with transaction.atomic():
        _lock()
        known = Notice.objects.filter(key__in={key for key, _receiver in wanted})
        for pair in known.values_list("key", "receiver"):
            wanted.pop(pair, None)
        fresh = list(wanted.values())
        notices = Notice.objects.bulk_create([telling.notice() for telling in fresh])
        Sending.objects.bulk_create(
            sending
            for telling, notice in zip(fresh, notices, strict=True)
            for sending in telling.sendings(notice)
        )
    return len(fresh)


def _lock() -> None:
    """SQLite has one writer by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TELLING_LOCK])


def mark_seen(who: Who, ids: Iterable[int] | None, now: datetime) -> int:
    """This post has seen the notices `ids`, or all of them; how many were unread."""
    unread = notices_for(who).filter(seen_at=None)
    found = list(
        (unread if ids is None else unread.filter(id__in=ids)).values_list("id", flat=True)
    )
    with transaction.atomic():
        seen = Notice.objects.filter(id__in=found, seen_at=None).update(seen_at=now)
        app = Sending.objects.filter(notice__in=found, channel=Channel.APP)
        app.update(state=Progress.SEEN)
    return seen


def place(name: str) -> Place:
    return Place.objects.get_or_create(name=name)[0]


def keep(place: Place) -> None:
    place.save()


def take(now: datetime, seconds: int) -> Sending | None:
    """Lease the next sending that is due; unfinished, it is due again after `seconds`."""
    waiting = Sending.objects.filter(due_at__lte=now).select_related("notice")
    for sending in waiting.order_by("due_at", "id")[:20]:
        until = now + timedelta(seconds=seconds)
        mine = Sending.objects.filter(id=sending.id, due_at=sending.due_at, state=sending.state)
        if mine.update(due_at=until, attempts=F("attempts") + 1):
            sending.due_at, sending.attempts = until, sending.attempts + 1
            return sending
    return None


def renew(sending: Sending, until: datetime) -> None:
    """The provider has not answered yet: nobody else takes this sending meanwhile."""
    mine = Sending.objects.filter(id=sending.id, due_at=sending.due_at, state=sending.state)
    if mine.update(due_at=until):
        sending.due_at = until


def sent(sending: Sending, now: datetime, provider_id: str, ask_at: datetime | None) -> None:
    """The provider has it; `ask_at` is when to ask for its receipt. A receipt already here stays."""
    _finish(
        sending,
        state=Progress.SENT,
        provider_id=provider_id[:120],
        sent_at=now,
        due_at=ask_at,
        attempts=0,
        error="",
    )


def again(sending: Sending, now: datetime, error: str, first: int, longest: int) -> None:
    """Back off: twice as long each time, up to `longest` seconds, spread by a quarter."""
    wait = min(first * 2 ** (sending.attempts - 1), longest) * random.uniform(0.75, 1.25)  # noqa: S311  spreads, guards nothing
    _finish(sending, error=error[:300], due_at=now + timedelta(seconds=wait))


def failed(sending: Sending, error: str) -> None:
    _finish(sending, state=Progress.FAILED, due_at=None, error=error[:300])


def ask_later(sending: Sending, at: datetime | None) -> None:
    _finish(sending, due_at=at)


def receipt(sending: Sending, state: Progress, word: str) -> bool:
    """What the provider says became of a message; a receipt never takes back an earlier one."""
    open_states = (Progress.QUEUED, Progress.SENT)
    waiting = Sending.objects.filter(id=sending.id, state__in=open_states)
    return bool(waiting.update(state=state, receipt=word[:120], due_at=None))


def _finish(sending: Sending, **changes: object) -> None:
    """Only while the lease is still ours."""
    mine = Sending.objects.filter(id=sending.id, due_at=sending.due_at, state=sending.state)
    mine.update(**changes)


def requeue(channel: str, now: datetime) -> int:
    """Failed sendings of a channel are due again."""
    broken = Sending.objects.filter(channel=channel, state=Progress.FAILED)
    return broken.update(state=Progress.QUEUED, due_at=now, attempts=0, error="")
