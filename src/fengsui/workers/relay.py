"""News of the ledger to the handlers that asked for it."""

import json
import logging
from datetime import datetime

from fengsui.platform import news
from fengsui.platform.ledger import store

log = logging.getLogger(__name__)


def step(now: datetime) -> bool:
    """Deliver one piece of news; True means: there may be more at once.

    A handler that fails delays its own piece, nothing else; it may run again, so handlers act by
    keys made from the entry.
    """
    delivery = store.lease(now)
    if delivery is None:
        return False
    handle = news.handler(delivery.entry.what, delivery.handler)
    if handle is None:
        store.failed(delivery, now, "no such handler in this version")
        return True
    try:
        handle(json.loads(delivery.entry.body))
    except Exception as error:  # the outermost loop of a worker: log, back off that row, go on
        log.exception("handler %s of entry %s", delivery.handler, delivery.entry_id)
        store.failed(delivery, now, repr(error))
        return True
    store.delivered(delivery, now)
    return True
