"""The sender's step: take one sending, do it, mark it. A crash between doing and marking repeats it
with the same key, by which the provider knows it."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings

from fengsui.platform import leases, rules
from fengsui.platform.actions import perform
from fengsui.platform.notices import carriers, policy, queries, store
from fengsui.platform.notices.actions import Broken, report_fault
from fengsui.platform.notices.addresses import address_of
from fengsui.platform.notices.gateway import Message, Receipts, Rejected, Unreachable, inside, part
from fengsui.platform.notices.lifecycle import Channel, Progress
from fengsui.platform.notices.models import Sending
from fengsui.platform.worklist.sweep import clock_call

NO_ADDRESS = "没有登记号码或地址"


def step(now: datetime) -> bool:
    """Send one message or ask for one receipt; False when nothing is due."""
    limits = policy.limits(rules.local_day(now))
    sending = store.take(now, limits["lease_seconds"])
    if sending is None:
        return False
    if sending.state == Progress.SENT:
        _ask(sending, now, limits["receipt_hours"])
    else:
        _send(
            sending,
            now,
            limits["attempts"],
            limits["first_wait_seconds"],
            limits["longest_wait_seconds"],
        )
    return True


def _send(sending: Sending, now: datetime, most: int, first: int, longest: int) -> None:
    channel = Channel(sending.channel)
    to = address_of(sending, now)
    if not to:
        store.failed(sending, NO_ADDRESS)
        return
    try:
        with _held(sending, now):
            provider_id = carriers.carry(channel, _message(sending, to))
    except Rejected as no:
        give_up(sending, str(no), now)
    except Unreachable as trouble:
        if sending.attempts >= most:
            give_up(sending, str(trouble), now)
        else:
            store.again(sending, now, str(trouble), first, longest)
    else:
        store.sent(sending, now, provider_id, _next_question(channel, now))


def _held(sending: Sending, now: datetime) -> AbstractContextManager[None]:
    """Ours for as long as the provider takes to answer."""
    seconds = policy.limits(rules.local_day(now))["lease_seconds"]
    return leases.renewed(partial(store.renew, sending), now, seconds)


def _message(sending: Sending, to: str) -> Message:
    notice = sending.notice
    return Message(
        key=str(sending.id),
        to=to,
        title=notice.title,
        text=notice.text,
        link=f"{settings.PUBLIC_URL}/desk/notices/{notice.id}/",
        urgency=notice.urgency,
    )


def _next_question(channel: Channel, now: datetime) -> datetime | None:
    """When to ask for the receipt; never where the provider tells by itself or not at all."""
    if channel == Channel.MAIL:
        return None
    receipts = carriers.gateway(channel).receipts
    if receipts is None or not receipts.poll_url:
        return None
    return now + timedelta(seconds=receipts.poll_seconds)


def _ask(sending: Sending, now: datetime, hours: int) -> None:
    channel = Channel(sending.channel)
    if sending.sent_at is None or now - sending.sent_at > timedelta(hours=hours):
        store.ask_later(sending, None)
        return
    try:
        with _held(sending, now):
            state, word = carriers.gateway(channel).ask(sending.provider_id)
    except (Unreachable, Rejected):
        state, word = None, ""
    if state is None:
        store.ask_later(sending, _next_question(channel, now))
    else:
        take_receipt(sending, state, word, now)


def take_receipt(sending: Sending, state: Progress, word: str, now: datetime) -> None:
    """A receipt, asked for or sent to us; one that says "not delivered" is a fault of the channel."""
    if store.receipt(sending, state, word) and state == Progress.FAILED:
        _report(sending, word, now)


def give_up(sending: Sending, error: str, now: datetime) -> None:
    """The channel could not: the system administrator gets a task, one for each channel at a time."""
    store.failed(sending, error)
    _report(sending, error, now)


def _report(sending: Sending, error: str, now: datetime) -> None:
    if queries.open_fault(sending.channel) is None:
        form = Broken(channel=Channel(sending.channel), error=error[:300] or "?")
        perform(report_fault, None, clock_call(f"fault/{sending.id}/{sending.attempts}", now), form)


def receipts_said(channel: Channel, said: Any, now: datetime) -> int:
    """Receipts as a provider sent them: one, or a list at `list_field`; how many were for us."""
    how = carriers.gateway(channel).receipts
    if how is None:
        return 0
    several = inside(said, how.list_field) if how.list_field else said
    rows = several if isinstance(several, list) else [several]
    return sum(_take_said(channel, how, row, now) for row in rows)


def _take_said(channel: Channel, how: Receipts, row: Any, now: datetime) -> bool:
    word = part(row, how.status_field)
    state = how.progress(word)
    found = queries.sending_by_provider(channel, part(row, how.id_field)) if how.id_field else None
    if state is None or found is None:
        return False
    take_receipt(found, state, word, now)
    return True
