"""Named reads of the worklist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from fengsui.platform.who import OFFICERS, Who
from fengsui.platform.worklist.access import own_tasks_for, tasks_for
from fengsui.platform.worklist.lifecycle import State
from fengsui.platform.worklist.models import LIVES, Task


def becoming_late(now: datetime, limit: int) -> list[Task]:
    """Open tasks whose moment has passed, the oldest first."""
    return list(
        Task.objects.filter(LIVES, state=State.OPEN, due_at__lt=now).order_by("due_at")[:limit]
    )


def counted_on_another_calendar(version: str) -> list[Task]:
    """Living tasks whose deadline rests on other calendar data than `version`."""
    living = Task.objects.filter(LIVES).exclude(calendar=version)
    return list(living.select_related("starts_with").order_by("due_at", "id"))


def held_by(post_id: UUID) -> list[Task]:
    """Living tasks that a post holds in person."""
    return list(Task.objects.filter(LIVES, holder=post_id).order_by("due_at", "id"))


def own_tasks(who: Who, limit: int = 200) -> list[Task]:
    """What this post has to do, the most urgent first."""
    living = own_tasks_for(who)
    rows = living.select_related("starts_with").order_by("due_at", "id")
    return list(rows[:limit])


def own_tasks_after(who: Who, after: UUID | None, limit: int, state: str = "") -> list[Task]:
    """The same from the task after `after` on; a task that is done meanwhile still tells the place."""
    living = own_tasks_for(who)
    if state:
        living = living.filter(state=state)
    last = tasks_for(who).filter(id=after).first() if after else None
    if last is not None:
        living = living.filter(Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, id__gt=last.id))
    return list(living.order_by("due_at", "id")[:limit])


def counts_of(who: Who, cap: int = 100) -> tuple[int, int]:
    """How much is open and how much of it late, each counted no further than `cap`."""
    living = own_tasks_for(who)
    late = living.filter(due_at__lt=timezone.now())
    ids = [rows.order_by().values_list("pk", flat=True)[:cap] for rows in (living, late)]
    return len(ids[0]), len(ids[1])


def tasks_about(who: Who, about_id: UUID) -> list[Task]:
    """Living tasks on one record, the next one first.

    Whoever asks has shown that he may see the record: officers then see all that is due on it and
    from whom, others what is theirs to do.
    """
    seen = Task.objects.all() if who.kind in OFFICERS else tasks_for(who)
    living = seen.filter(LIVES, about_id=about_id)
    return list(living.select_related("starts_with").order_by("due_at", "id"))


def holds(who: Who, kinds: Sequence[str]) -> Exists:
    """Does this post hold a living task of one of these kinds on the row? Asked with the rows."""
    living = Task.objects.filter(LIVES, about_id=OuterRef("pk"), kind__in=kinds)
    return Exists(living.filter(holder=who.post_id) if who.post_id else living.none())


def tasks_by_id(ids: Sequence[UUID]) -> dict[UUID, Task]:
    return Task.objects.in_bulk(ids)


def living_after(task: Task) -> list[Task]:
    """Living tasks that start when `task` is due."""
    return list(Task.objects.filter(LIVES, starts_with=task).order_by("id"))


def ending(
    kind: str, since: datetime, after: UUID | None, until: datetime, limit: int
) -> list[Task]:
    """Open tasks of a kind due in [since, until], beyond `after` at `since` itself; the first due first."""
    due = Task.objects.filter(
        LIVES, state=State.OPEN, kind=kind, due_at__gte=since, due_at__lte=until
    )
    if after is not None:
        due = due.filter(Q(due_at__gt=since) | Q(id__gt=after))
    return list(due.order_by("due_at", "id")[:limit])


def overdue_count() -> int:
    """Living tasks whose moment has passed, of the whole house."""
    return Task.objects.filter(LIVES, due_at__lt=timezone.now()).count()


BOARD_SIZE = 100


@dataclass(frozen=True, slots=True)
class Load:
    """How much one holder has to do; None holds what nobody was named for."""

    holder: UUID | None
    count: int
    late: int


def board_of(
    who: Who, organisation: UUID, holder: UUID | None, after: UUID | None = None
) -> list[Task]:
    """A page of what an organisation has to do, from the task `after` (its id) on."""
    rows = tasks_for(who).filter(LIVES, organisation_id=organisation)
    if holder:
        rows = rows.filter(holder=holder)
    last = rows.filter(pk=after).first() if after else None
    if last:
        rows = rows.filter(Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, id__gt=last.id))
    ordered = rows.select_related("starts_with").order_by("due_at", "id")
    return list(ordered[:BOARD_SIZE])


def loads(who: Who, organisation: UUID) -> list[Load]:
    """What each holder of an organisation has open and late, the most loaded first."""
    living = tasks_for(who).filter(LIVES, organisation_id=organisation)
    late = Count("id", filter=Q(due_at__lt=timezone.now()))
    counted = living.order_by().values("holder").annotate(n=Count("id"), late=late)
    found = [Load(row["holder"], row["n"], row["late"]) for row in counted]
    return sorted(found, key=lambda load: (-load.count, str(load.holder)))


def task_open(about_id: UUID, kind: str) -> bool:
    """Is a task of a kind on a record still to be done?"""
    return Task.objects.filter(LIVES, about_id=about_id, kind=kind).exists()
