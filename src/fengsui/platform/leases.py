"""A lease is short, so that others go on soon after a crash, and is renewed while the work lasts."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import Error, connections

log = logging.getLogger(__name__)


@contextmanager
def renewed(renew: Callable[[datetime], None], now: datetime, seconds: int) -> Iterator[None]:
    """Renew a lease of some seconds three times in its life until the block ends.

    `renew` gets the new end of the lease, by the clock of `now`; it runs in a thread with a connection
    of its own, and never while the caller is past the block. A killed process renews nothing.
    """
    over = threading.Event()
    holding = threading.Thread(target=_hold, args=(renew, now, seconds, over), daemon=True)
    holding.start()
    try:
        yield
    finally:
        over.set()
        holding.join()


def _hold(
    renew: Callable[[datetime], None], now: datetime, seconds: int, over: threading.Event
) -> None:
    began, touched = time.monotonic(), False
    while not over.wait(seconds / 3):
        touched = True
        try:
            renew(now + timedelta(seconds=time.monotonic() - began + seconds))
        except Error:
            log.warning("a lease was not renewed; trying again", exc_info=True)
    if touched:
        connections.close_all()
