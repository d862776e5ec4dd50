"""Named reads of the worklist."""

from datetime import datetime

from fengsui.platform.worklist.lifecycle import LIVING, State
from fengsui.platform.worklist.models import Task


def becoming_late(now: datetime, limit: int) -> list[Task]:
    """Open tasks whose moment has passed, the oldest first."""
    return list(Task.objects.filter(state=State.OPEN, due_at__lt=now).order_by("due_at")[:limit])


def counted_on_another_calendar(version: str) -> list[Task]:
    """Living tasks whose deadline rests on other calendar data than `version`."""
    living = Task.objects.filter(state__in=LIVING).exclude(calendar=version)
    return list(living.select_related("starts_with").order_by("due_at", "id"))
