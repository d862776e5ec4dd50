"""What happens to a task becomes notices: by the sealed ledger, and by the approach of its end."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from fengsui.platform import rules
from fengsui.platform.ledger import queries as ledger
from fengsui.platform.notices import carriers, policy, queries, store
from fengsui.platform.notices.lifecycle import OCCASION_TITLES, Channel
from fengsui.platform.notices.models import Wish
from fengsui.platform.notices.receivers import Receiver, receivers_of
from fengsui.platform.notices.store import Telling
from fengsui.platform.worklist import queries as worklist
from fengsui.platform.worklist.lifecycle import LIVING, State
from fengsui.platform.worklist.models import Task

_OF_ACTIONS = {
    "task.mark_overdue": "task.overdue",
    "task.reassign": "task.given",
    "task.correct_deadline": "task.moved",
}
_WISHED = {"by_mail": Channel.MAIL, "by_sms": Channel.SMS, "by_robot": Channel.ROBOT}


def follow(now: datetime, limit: int = 200) -> int:
    """Read on in the sealed ledger, in its order; how many entries were read.

    Entries have their place only after commit and without gaps, so nothing is passed over. A crash
    before the place is kept reads the same entries again: a notice is written once by its key.
    """
    place = store.place("ledger")
    entries = ledger.entries_after(place.log, place.index, limit)
    if not entries:
        return 0
    rows = ledger.rows_in([entry.entry_id for entry in entries], "worklist.task")
    tasks = worklist.tasks_by_id([row.row_id for row in rows])
    for entry in entries:
        happened = [
            (_occasion(entry.what, row.version), tasks[row.row_id])
            for row in rows
            if row.entry_id == entry.entry_id
        ]
        store.tell(
            telling
            for occasion, task in happened
            if _still_true(occasion, task)
            for telling in tellings(
                occasion, f"{occasion}/{entry.entry_id}/{task.id}", task, entry.received_at, now
            )
            if entry.by_post != str(telling.post_id)  # nobody is told what he has just done
        )
    place.log, place.index = entries[-1].log, entries[-1].index
    store.keep(place)
    return len(entries)


def _occasion(what: str, version: int) -> str:
    return "task.opened" if version == 1 else _OF_ACTIONS.get(what, "")


def _still_true(occasion: str, task: Task) -> bool:
    """Nobody is told of what is done meanwhile."""
    if occasion == "task.overdue":
        return task.state == State.OVERDUE
    return bool(occasion) and task.state in LIVING


def remind(now: datetime, limit: int = 200) -> int:
    """Tell of the tasks whose end comes near; how many were found. Each is looked at once a reminder."""
    on = rules.local_day(now)
    return sum(_remind(kind, days, now, limit) for kind, days in policy.reminders(on))


def _remind(kind: str, days: int, now: datetime, limit: int) -> int:
    place = store.place(f"due/{kind}/{days}")
    since = max(place.moment or now, now)
    after = place.row if since == place.moment else None
    found = worklist.ending(kind, since, after, policy.reminded_until(now, days), limit)
    for task in found:
        key = f"task.due/{days}/{task.id}/{rules.local_day(task.due_at)}"
        store.tell(tellings("task.due", key, task, now, now))
    if found:
        place.moment, place.row = found[-1].due_at, found[-1].id
        store.keep(place)
    return len(found)


def tellings(occasion: str, key: str, task: Task, at: datetime, now: datetime) -> list[Telling]:
    """One notice for each receiver of a task's occasion, by the policy of the day."""
    on = rules.local_day(at)
    receivers = receivers_of(task, policy.roles(occasion, task.kind, on))
    wishes = queries.wishes_at([found.post_id for found in receivers if found.post_id])
    told = [_telling(occasion, key, task, at, now, found, wishes) for found in receivers]
    return [telling for telling in told if telling.channels]


def _telling(
    occasion: str,
    key: str,
    task: Task,
    at: datetime,
    now: datetime,
    receiver: Receiver,
    wishes: Mapping[UUID, Wish],
) -> Telling:
    on = rules.local_day(at)
    how = policy.urgency(occasion, task.kind, on)
    wish = wishes.get(receiver.post_id) if receiver.post_id else None
    wanted = [channel for name, channel in _WISHED.items() if wish and getattr(wish, name)]
    channels = list(dict.fromkeys([*policy.channels(occasion, task.kind, on), *wanted]))
    if at < now - timedelta(hours=policy.limits(on)["stale_hours"]):
        channels = [Channel.APP]
    if receiver.post_id is None:
        channels = [channel for channel in channels if channel in (Channel.SMS, Channel.VOICE)]
    channels = [channel for channel in channels if carriers.configured(channel)]
    due = task.due_at.astimezone(rules.CHINA)
    counted = "（暂定）" if task.provisional else ""
    return Telling(
        key=key,
        receiver=receiver.name,
        post_id=receiver.post_id,
        occasion=occasion,
        urgency=how,
        title=f"{OCCASION_TITLES[occasion]}：{task.title}"[:120],
        text=f"{task.subject}，期限 {due:%Y-%m-%d %H:%M}{counted}。"[:300],
        about_type=task.about_type,
        about_id=task.about_id,
        at=at,
        channels=[(channel, policy.first_try(channel, how, now)) for channel in channels],
    )
