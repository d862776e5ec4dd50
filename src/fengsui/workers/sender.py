"""Messages to the outside: a thread of its own, because a provider may be slow."""

import logging
from datetime import datetime

from fengsui.kernel.refusal import Refusal
from fengsui.platform.notices import sending

log = logging.getLogger(__name__)


def step(now: datetime) -> bool:
    """One message or receipt. One that fails in an unforeseen way waits for the end of its lease."""
    try:
        return sending.step(now)
    except (Refusal, ValueError, LookupError):
        log.exception("a message could not be handled")
        return True
