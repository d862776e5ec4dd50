"""A worker that is killed again and again while entries arrive; prints what became of them as JSON.

`python -m tests.faults.killed careful|careless`: careful is the product's relay, careless the control
that marks a piece of news done before its handler acts.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.db import Error, connections

from fengsui.platform import news
from fengsui.platform.accounts.actions import (
    NewCertificate,
    NewOrganisation,
    create_organisation,
    register_certificate,
)
from fengsui.platform.accounts.models import Organisation, OrganisationKind
from fengsui.platform.actions import perform
from fengsui.platform.ledger import store
from fengsui.platform.ledger.models import Delivery, Entry, Leaf
from fengsui.platform.ledger.verify import verify
from fengsui.platform.worklist.sweep import clock_call
from fengsui.workers.loop import work_once
from tests import make
from tests.platform.ledger.adopt import adopt_everything

KILLS, ARRIVALS = 22, 2
# Between two workers of the play a lease has run out; after the last kill the true clock counts.
GONE_BY = timedelta(seconds=7)
WHAT = "certificate.register_certificate"


def found_a_unit(entry: Mapping[str, Any]) -> None:
    """The effect, once for each entry however often it is told: a unit that bears the entry's id."""
    time.sleep(random.uniform(0, 0.08))  # work that is not yet in the database
    form = NewOrganisation(name=entry["id"], kind=OrganisationKind.UNIT, region="150502001000")
    perform(create_organisation, None, clock_call(f"{entry['id']}/unit", datetime.now(UTC)), form)


def careless_once(now: datetime) -> bool:
    """The control: done is said first."""
    delivery = store.lease(now)
    if delivery is None:
        return False
    store.delivered(delivery, now)
    found_a_unit(json.loads(delivery.entry.body))
    return True


def work(step: Callable[[datetime], bool], ahead: timedelta) -> None:
    """What the worker does, by a clock that is `ahead`, until it is killed."""
    while True:
        try:
            busy = step(datetime.now(UTC) + ahead)
        except Error:
            busy = False
        if not busy:
            time.sleep(0.002)


def forked(step: Callable[[datetime], bool], ahead: timedelta) -> int:
    """A worker in a process of its own; no connection is shared with it."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        work(step, ahead)
    return child


def arrive(username: str, number: int) -> str:
    """One entry that a handler waits for; acknowledged when this returns."""
    form = NewCertificate(
        username=username,
        number=f"ZF-{number:05d}",
        issued_on=date(2026, 1, 1),
        valid_until=date(2031, 1, 1),
    )
    call = make.call(key=f"arrival-{number}", at=datetime.now(UTC), received_at=datetime.now(UTC))
    return str(perform(register_certificate, None, call, form).entry)


def play(step: Callable[[datetime], bool]) -> dict[str, Any]:
    username = make.user().username
    adopt_everything()
    acknowledged: list[str] = []
    interrupted = 0
    for round_ in range(KILLS):
        worker = forked(step, round_ * GONE_BY)
        end = time.monotonic() + random.uniform(0.02, 0.2)
        numbers = range(round_ * ARRIVALS, (round_ + 1) * ARRIVALS)
        acknowledged += [arrive(username, number) for number in numbers]
        time.sleep(max(0.0, end - time.monotonic()))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        leased = Delivery.objects.filter(done_at=None, attempts__gt=0)
        interrupted += leased.filter(due_at__gt=datetime.now(UTC) + round_ * GONE_BY).count()
    ahead = KILLS * GONE_BY
    while step(datetime.now(UTC) + ahead):
        pass
    acknowledged.append(arrive(username, KILLS * ARRIVALS))
    resumed = seconds_to_resume(step, acknowledged[-1], ahead)
    return {**counted(acknowledged), "interrupted": interrupted, "resumed": resumed}


def seconds_to_resume(step: Callable[[datetime], bool], entry: str, ahead: timedelta) -> float:
    """From a kill within the handler of an entry to the end of that work by the next worker.

    Nobody moves the clock here: the lease of the killed worker runs out as it would in an office.
    """
    killed = forked(hang, ahead)
    waiting = Delivery.objects.filter(entry_id=entry, done_at=None)
    until(waiting.filter(attempts__gt=0).exists)
    os.kill(killed, signal.SIGKILL)
    began = time.monotonic()
    os.waitpid(killed, 0)
    successor = forked(step, ahead)
    until(lambda: not waiting.exists())
    resumed = time.monotonic() - began
    while step(datetime.now(UTC) + ahead):
        pass
    os.kill(successor, signal.SIGKILL)
    os.waitpid(successor, 0)
    return resumed


def hang(now: datetime) -> bool:
    """The relay up to the middle of a handler that never ends."""
    if store.lease(now) is None:
        return False
    time.sleep(3_600)
    return True


def until(seen: Callable[[], bool], seconds: float = 60) -> None:
    for _ in range(int(seconds / 0.05)):
        if seen():
            return
        time.sleep(0.05)
    raise TimeoutError("it did not happen")


def counted(acknowledged: list[str]) -> dict[str, Any]:
    effects = Counter(Organisation.objects.filter(kind="unit").values_list("name", flat=True))
    kept = {str(found) for found in Entry.objects.filter(what=WHAT).values_list("id", flat=True)}
    return {
        "acknowledged": len(acknowledged),
        "missing_entries": len(set(acknowledged) - kept),
        "lost": len(set(acknowledged) - effects.keys()),
        "doubled": sum(1 for times in effects.values() if times > 1),
        "waiting": Delivery.objects.filter(done_at=None).count(),
        "unsealed": Entry.objects.count() - Leaf.objects.count(),
        "wrong": [str(wrong) for wrong in verify().wrong],
    }


if __name__ == "__main__":
    news.subscribe(WHAT, found_a_unit)
    played = play(work_once if sys.argv[1] == "careful" else careless_once)
    print(json.dumps(played))  # noqa: T201  the result
