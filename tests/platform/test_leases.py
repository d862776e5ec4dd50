"""Work that lasts longer than its lease stays with the one who does it."""

import threading
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from django.db import connection

from fengsui.platform import leases
from fengsui.platform.actions import perform
from fengsui.platform.jobs import queries, step, store
from fengsui.platform.jobs.actions import Start, start
from fengsui.platform.jobs.kinds import KINDS, JobKind, Step
from fengsui.platform.who import OFFICERS
from tests import make
from tests.platform import tally
from tests.platform.test_jobs import counted

LEASE, SLOW = 1, 2.5


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("renewing", [True, False])
def test_a_slow_step_is_taken_by_nobody_else_while_it_is_renewed(renewing, monkeypatch):
    """Without renewing (the control) a second worker takes the step from the first, which then loses it."""
    real = queries.limits
    monkeypatch.setattr(queries, "limits", lambda on: {**real(on), "lease_seconds": LEASE})
    if not renewing:
        monkeypatch.setattr(leases, "renewed", lambda *_: nullcontext())
    slowly, over = threading.Event(), threading.Event()

    def once(work):
        slowly.set()
        over.wait(SLOW)
        return Step({}, 1, 1, "", False, tally.count)

    monkeypatch.setitem(KINDS, "tally", JobKind("tally", OFFICERS, lambda _: "计数", once))
    perform(start, None, make.call(make.who()), Start(kind="tally"))
    first = threading.Thread(target=work_once)
    first.start()
    slowly.wait(10)

    taken = None
    while first.is_alive() and taken is None:
        taken = store.take(datetime.now(UTC), LEASE)
        first.join(0.05)
    first.join()

    assert (taken is None, counted()) == ((True, 1) if renewing else (False, 0))


def work_once():
    try:
        step.step(datetime.now(UTC))
    finally:
        connection.close()
