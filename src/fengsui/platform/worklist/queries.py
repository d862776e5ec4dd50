"""Named reads of the worklist."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from fengsui.platform.who import Who
from fengsui.platform.worklist.access import own_tasks_for, tasks_for
from fengsui.platform.worklist.lifecycle import LIVING, State
from fengsui.platform.worklist.models import Task


def becoming_late(now: datetime, limit: int) -> list[Task]:
    """Open tasks whose moment has passed, the oldest first."""
    return list(Task.objects.filter(state=State.OPEN, due_at__lt=now).order_by("due_at")[:limit])


def counted_on_another_calendar(version: str) -> list[Task]:
    """Living tasks whose deadline rests on other calendar data than `version`."""
    living = Task.objects.filter(state__in=LIVING).exclude(calendar=version)
    return list(living.select_related("starts_with").order_by("due_at", "id"))


def own_tasks(who: Who, limit: int = 200) -> list[Task]:
    """What this post has to do, the most urgent first."""
    living = own_tasks_for(who).filter(state__in=LIVING)
    return list(living.order_by("due_at", "id")[:limit])


def counts_of(who: Who, cap: int = 100) -> tuple[int, int]:
    """How much is open and how much of it late, each counted no further than `cap`."""
    living = own_tasks_for(who).filter(state__in=LIVING)
    late = living.filter(due_at__lt=timezone.now())
    return len(living.order_by()[:cap]), len(late.order_by()[:cap])


def tasks_about(who: Who, about_id: UUID) -> list[Task]:
    """Living tasks on one record that this post may see, the next one first."""
    living = tasks_for(who).filter(about_id=about_id, state__in=LIVING)
    return list(living.order_by("due_at", "id"))


def overdue_count() -> int:
    """Living tasks whose moment has passed, of the whole house."""
    return Task.objects.filter(state__in=LIVING, due_at__lt=timezone.now()).count()
