"""The clock's steps: what became late is marked, what a new calendar moves is counted anew."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.workdays import Calendar
from fengsui.platform.actions import perform
from fengsui.platform.calendar.queries import current_calendar, forget
from fengsui.platform.calls import Call, Nothing, Way
from fengsui.platform.who import CLOCK
from fengsui.platform.worklist import queries
from fengsui.platform.worklist.actions import (
    Correction,
    correct_deadline,
    fall_back,
    mark_overdue,
    recounted,
)
from fengsui.platform.worklist.models import Task


def clock_call(key: str, now: datetime) -> Call:
    """The clock acts; its key says what for, so that doing it twice does it once."""
    return Call(who=CLOCK, way=Way.CLOCK, key=key, at=now, received_at=now)


def mark_late(now: datetime, limit: int = 200) -> int:
    """Mark open tasks whose moment has passed; how many were marked."""
    late = queries.becoming_late(now, limit)
    return sum(_mark(task, clock_call(f"late/{task.id}/{task.version}", now)) for task in late)


def recount_all(key: str, now: datetime | None = None) -> int:
    """Correct each living deadline that the calendar of now moves; how many moved.

    A chained deadline is counted after the one that starts it.
    """
    forget()
    at = now or datetime.now(UTC)
    version = current_calendar().version
    moved = 0
    for task in _in_order(queries.counted_on_another_calendar(version)):
        fresh = recounted(task)
        if (fresh.due, fresh.provisional) == (task.due_at, task.provisional):
            continue
        call = clock_call(f"recount/{key}/{task.id}", at)
        perform(correct_deadline, task, call, Correction(calendar=version))
        moved += 1
    return moved


def let_go(post_id: UUID, now: datetime | None = None) -> int:
    """What a post that has ended held goes back to its organisation; how many tasks went."""
    held = queries.held_by(post_id)
    for task in held:
        call = clock_call(f"fall-back/{task.id}/{task.version}", now or datetime.now(UTC))
        perform(fall_back, task, call, Nothing())
    return len(held)


def would_move(calendar: Calendar) -> int:
    """How many living deadlines a calendar would move, before it is loaded."""
    dues: dict[UUID, datetime] = {}
    moved = 0
    for task in _chained_last(queries.counted_on_another_calendar(calendar.version)):
        fresh = recounted(task, calendar, dues.get(task.starts_with_id or task.id))
        dues[task.id] = fresh.due
        moved += (fresh.due, fresh.provisional) != (task.due_at, task.provisional)
    return moved


def _chained_last(tasks: list[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: task.starts_with_id is not None)


def _in_order(tasks: list[Task]) -> Iterator[Task]:
    yield from (task for task in tasks if task.starts_with is None)
    for task in tasks:
        if task.starts_with is not None:
            task.starts_with.refresh_from_db()
            yield task


def _mark(task: Task, call: Call) -> int:
    try:
        perform(mark_overdue, task, call, Nothing())
    except Refusal:  # somebody finished it meanwhile: that is the better outcome
        return 0
    return 1
