"""News that concerns visits and hazards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from fengsui.platform.actions import perform
from fengsui.platform.notices.receivers import Receiver, answers_for
from fengsui.platform.rules import local_day
from fengsui.platform.worklist.sweep import clock_call
from fengsui.supervision.actions.settlement import Recount, recount_term
from fengsui.supervision.models import Hazard


def follow_a_moved_term(entry: Mapping[str, Any]) -> None:
    """A hazard's last day is that of its task."""
    said = entry["result"]
    if said["kind"] != "rectify":
        return
    due = datetime.fromisoformat(said["due"])
    call = clock_call(f"{entry['id']}/term", datetime.fromisoformat(entry["received_at"]))
    form = Recount(due_on=local_day(due), provisional=said["provisional"])
    perform(recount_term, UUID(said["about"]), call, form)


def responsible_phone(hazard: Hazard) -> Receiver:
    """Where a unit has no manager in post, its premises' responsible person is told."""
    return Receiver.phone("premises", hazard.premises_id, "responsible_phone")


answers_for("hazard", responsible_phone)
HANDLERS = {"task.correct_deadline": follow_a_moved_term}
