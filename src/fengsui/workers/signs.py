"""Signs of life of the worker, and heads that leave the house."""

import logging
import os
import socket
import threading
import time
from datetime import UTC, datetime, timedelta

from django.conf import settings

from fengsui.platform import rules
from fengsui.platform.health import statistics
from fengsui.platform.health import store as health
from fengsui.platform.ledger import heads, store

log = logging.getLogger(__name__)
_BEAT_SECONDS = 10.0
_MIRROR_SECONDS = 5.0
_LEARN_SECONDS = 3600.0


class Heads:
    """Signs the tree while it grows, not oftener than `OPS-LIMITS` says, and exports what was signed."""

    def __init__(self) -> None:
        self.exported = heads.exported()
        self._next = datetime.min.replace(tzinfo=UTC)

    def step(self, now: datetime) -> None:
        if now < self._next:
            return
        wait = limit("head_seconds", now)
        self._next = now + timedelta(seconds=wait)
        store.sign(now)
        self.export()

    def export(self) -> None:
        """A full disk is no reason not to seal: what has no file yet gets it at a later turn."""
        try:
            self.exported = heads.export(self.exported)
        except OSError:
            log.exception("a head could not be exported; trying again")


class Statistics:
    """Lets the database learn about its tables at the start and every hour."""

    def __init__(self) -> None:
        self._next = 0.0

    def step(self) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _LEARN_SECONDS
            statistics.learn()


class Clock:
    """Notices when somebody sets the wall clock: the steady clock does not follow."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def jump(self) -> float:
        """Seconds by which the wall clock was set since the last look; about 0 when it was not."""
        offset = time.time() - time.monotonic()
        jumped, self._offset = offset - self._offset, offset
        return jumped


class Life:
    """Signs of life of this process in the database."""

    def __init__(self) -> None:
        self.process = f"worker@{socket.gethostname()}:{os.getpid()}"[:80]
        self._clock = Clock()
        self._next = 0.0

    def step(self, now: datetime) -> None:
        jumped = self._clock.jump()
        if abs(jumped) >= limit("clock_seconds", now):
            log.warning("the clock was set by %.1f seconds", jumped)
            health.clock_jumped(self.process, now, jumped)
        if time.monotonic() >= self._next:
            health.beat(self.process, now)
            self._next = time.monotonic() + _BEAT_SECONDS


def limit(name: str, now: datetime) -> int:
    """One number of `OPS-LIMITS`."""
    return int(str(rules.table("OPS-LIMITS", rules.local_day(now))[name]))


def mirror(stop: threading.Event) -> None:
    """Take heads to the mirrors until told to stop; a slow mirror keeps nobody waiting."""
    mirrors = heads.Mirrors(settings.HEAD_MIRRORS)
    while settings.HEAD_MIRRORS and not stop.wait(_MIRROR_SECONDS):
        try:
            mirrors.turn()
        except (OSError, ValueError):
            log.exception("mirrors could not be served; trying again")
