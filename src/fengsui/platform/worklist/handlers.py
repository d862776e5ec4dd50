"""A loaded year moves the deadlines that were counted without it."""

from collections.abc import Mapping
from typing import Any

from fengsui.platform.worklist.sweep import recount_all


def recount_when_a_year_is_loaded(entry: Mapping[str, Any]) -> None:
    recount_all(key=str(entry["id"]))


HANDLERS = {"calendar_year.load_year": recount_when_a_year_is_loaded}
