"""Tasks are opened and closed by the actions that cause them, in their transactions."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from fengsui.platform.calls import Call, Closes, Opens
from fengsui.platform.records import Record, record_type_of
from fengsui.platform.worklist.lifecycle import State
from fengsui.platform.worklist.models import LIVES, Task


def build(wanted: Iterable[Opens], record: Record | None, call: Call, entry_id: UUID) -> list[Task]:
    """The tasks to open about `record`; one with `after` starts when the named one here is due."""
    opened: dict[str, Task] = {}
    for task in wanted:
        about = task.record or record
        if about is None:
            raise ValueError(f"task {task.kind} is about nothing")
        opened[task.kind] = Task(
            kind=task.kind,
            title=task.title,
            subject=task.subject,
            note=task.note,
            about_type=record_type_of(type(about)).name,
            about_id=about.id,
            organisation_id=task.organisation,
            post_kind=task.post or "",
            holder=task.holder,
            rule=task.due.rule,
            start_at=task.due.start,
            n=task.due.n,
            extensions=list(task.due.extensions),
            due_at=task.due.due,
            calendar=task.due.calendar,
            provisional=task.due.provisional,
            starts_with=opened.get(task.after),
            state=State.OPEN,
            moved_at=call.at,
            entry_id=entry_id,
        )
    return list(opened.values())


def living(wanted: Sequence[Closes], record: Record | None) -> list[tuple[Task, bool]]:
    """The living tasks that `wanted` names, each with whether it is done (else void)."""
    done: dict[tuple[UUID, str], bool] = {}
    for close in wanted:
        about = close.record or record
        if about is not None:
            done.setdefault((about.id, close.kind), close.done)
    if not done:
        return []
    named = Q()
    for about_id, kind in done:
        named |= Q(about_id=about_id, kind=kind)
    tasks = Task.objects.filter(LIVES, named).order_by("id")
    return [(task, done[task.about_id, task.kind]) for task in tasks]


def close(task: Task, done: bool, at: datetime, entry_id: UUID) -> bool:
    """Close by compare-and-swap; False when somebody else closed it first."""
    version = task.version
    task.version += 1
    task.state = State.DONE if done else State.VOID
    task.moved_at = task.closed_at = at
    task.entry_id = entry_id
    changed = Task.objects.filter(id=task.id, version=version).update(
        version=task.version,
        state=task.state,
        moved_at=at,
        closed_at=at,
        entry_id=entry_id,
    )
    return changed == 1
