"""Rows that tests build by hand get an entry, as an action would have given them."""

from typing import Any

from django.apps import apps

from fengsui.kernel.ids import new_id
from fengsui.platform.ledger import store
from fengsui.platform.ledger.store import Written
from fengsui.platform.records import Row
from fengsui.platform.who import CLOCK
from tests import make


def adopt_everything() -> None:
    entry_id = new_id()
    rows = []
    for model in apps.get_models():
        if issubclass(model, Row):
            model._base_manager.update(entry_id=entry_id)
            rows += [Written.of(row) for row in model._base_manager.all()]
    facts: dict[str, Any] = {
        "what": "test.adopt",
        "title": "接管",
        "record": None,
        "who": CLOCK.named(),
        "at": make.NOON,
        "received_at": make.NOON,
        "result": {},
    }
    store.write(entry_id, facts, rows)
