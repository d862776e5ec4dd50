"""One process around the one-step functions: sealer, relay, clock."""

import logging
import threading
from datetime import UTC, datetime

from django.db import Error, close_old_connections

from fengsui.platform.calendar.sweep import ask_for_next_year
from fengsui.platform.ledger import store
from fengsui.platform.worklist import sweep
from fengsui.workers import relay

log = logging.getLogger(__name__)
_IDLE_SECONDS = 1.0


def work_once(now: datetime) -> bool:
    """Every step once; True when any of them found something to do."""
    delivered = relay.step(now)
    late = sweep.mark_late(now)
    asked = ask_for_next_year(now)
    sealed = store.seal(now)
    store.sign(now)
    return bool(delivered or late or asked or sealed)


def run(stop: threading.Event) -> None:
    """Work until told to stop; a database that is away is waited for."""
    while not stop.is_set():
        close_old_connections()
        try:
            busy = work_once(datetime.now(UTC))
        except Error:
            log.exception("the database does not answer; trying again")
            busy = False
        if not busy:
            stop.wait(_IDLE_SECONDS)
