"""One process around the one-step functions. Each loop has a thread: a slow provider, a long job or
a mirror that does not answer never delays the ledger and the clock."""

import gc
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import Error, close_old_connections, connections

from fengsui.insight.ground import store as ground
from fengsui.platform.calendar.sweep import ask_for_next_year
from fengsui.platform.counters import store as counters
from fengsui.platform.files import uploads
from fengsui.platform.health import store as health
from fengsui.platform.ledger import store
from fengsui.platform.notices import occasions
from fengsui.platform.signin.store import forget_old_events
from fengsui.platform.worklist import sweep
from fengsui.registry.sweep import Rejudging
from fengsui.workers import jobs, relay, sender, signs

log = logging.getLogger(__name__)
_IDLE_SECONDS = 1.0
Step = Callable[[datetime], bool]


def work_once(now: datetime) -> bool:
    """Every step of the house once, each bounded; True when any of them found something to do."""
    delivered = relay.step(now)
    late = sweep.mark_late(now)
    asked = ask_for_next_year(now)
    sealed = store.seal(now)
    counted = ground.follow()
    uploads.clear_stale(now)
    forget_old_events(now)
    folded = counters.fold()
    told = occasions.follow(now)
    reminded = occasions.remind(now)
    derived = counted or folded
    return bool(delivered or late or asked or sealed or derived or told or reminded)


class House:
    """The loop of ledger and clock, with its signs of life and the heads it signs."""

    def __init__(self) -> None:
        self._life, self._heads = signs.Life(), signs.Heads()
        self._classes = Rejudging()
        self._statistics = signs.Statistics()

    def step(self, now: datetime) -> bool:
        self._life.step(now)
        self._statistics.step()
        busy = work_once(now) or self._classes.step(now)
        self._heads.step(now)
        return busy

    def leave(self) -> None:
        """What is sealed is signed and exported before the process ends."""
        try:
            store.sign(datetime.now(UTC))
            self._heads.export()
            health.leave(self._life.process)
        except Error:
            log.exception("the database does not answer at the end")


def run(stop: threading.Event) -> None:
    """Work until told to stop; what is begun is finished."""
    gc.freeze()  # what is loaded by now stays: no need to look through it again and again
    house = House()
    loops: dict[str, Step] = {"house": house.step, "sender": sender.step, "jobs": jobs.step}
    threads = [
        threading.Thread(target=_turn, args=(step, stop), name=name) for name, step in loops.items()
    ]
    mirroring = threading.Thread(target=signs.mirror, args=(stop,), daemon=True)
    for thread in (*threads, mirroring):
        thread.start()
    for thread in threads:
        while thread.is_alive():  # a signal reaches the main thread only between short waits
            thread.join(_IDLE_SECONDS)
    house.leave()


def _turn(step: Step, stop: threading.Event) -> None:
    """One loop; a database that is away is waited for."""
    while not stop.is_set():
        close_old_connections()
        try:
            busy = step(datetime.now(UTC))
        except Error:
            log.exception("the database does not answer; trying again")
            busy = False
        if not busy:
            stop.wait(_IDLE_SECONDS)
    connections.close_all()
