"""What happens to a task beside the action that closes it: time passes, people change."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from fengsui.kernel.deadline import Deadline, compute
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.workdays import Calendar
from fengsui.platform import rules
from fengsui.platform.accounts.queries import kind_of, post_in
from fengsui.platform.actions import action
from fengsui.platform.calendar.queries import current_calendar
from fengsui.platform.calls import Call, Form, Nothing, Outcome
from fengsui.platform.questions import Offers
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.who import PostKind
from fengsui.platform.worklist.access import tasks_for
from fengsui.platform.worklist.lifecycle import TASK, Move
from fengsui.platform.worklist.models import Task
from fengsui.platform.worklist.offers import colleagues

TASKS = record_type(
    RecordType(
        name="task",
        plural="tasks",
        title="待办",
        model=Task,
        lifecycle=TASK,
        visible=tasks_for,
        label=str,
        listed=("title", "subject", "due_at"),
        shown=(
            Shown("title", "事项"),
            Shown("subject", "对象"),
            Shown("note", "说明"),
            Shown("due_at", "到期"),
            Shown("start_at", "起算"),
            Shown("rule", "期限规则"),
            Shown("calendar", "工作日历版本"),
            Shown("closed_at", "办结时间"),
        ),
    )
)


class Correction(Form):
    """The calendar that the deadline is counted on now, for the record."""

    calendar: str = Field(title="工作日历版本", max_length=200)


class Reassignment(Form):
    post: Annotated[UUID, Offers(colleagues)] = Field(title="转给")
    reason: str = Field(title="理由", min_length=2, max_length=200)


def recounted(
    task: Task, calendar: Calendar | None = None, start: datetime | None = None
) -> Deadline:
    """The task's deadline on today's calendar (or another, to see what it would move).

    One chained to another starts when that is due, or at `start`, if that is to move as well.
    """
    begun = start or (task.starts_with.due_at if task.starts_with else task.start_at)
    rule = rules.rulebook().deadline_rule(task.rule, rules.local_day(begun))
    return compute(
        rule,
        begun.astimezone(rules.CHINA),
        calendar or current_calendar(),
        n=task.n if rule.n is None else None,
        extensions=task.extensions,
        provisional=True,
    )


@action(
    TASKS,
    Move.MARK_OVERDUE,
    "标记逾期",
    posts=(PostKind.CLOCK,),
    source="本系统默认",
)
def mark_overdue(task: Task, call: Call, _: Nothing) -> Outcome:
    """The moment has passed. Refuses `not-due` before it."""
    if call.at <= task.due_at:
        raise Refusal("not-due", due=task.due_at)
    return Outcome()


@action(
    TASKS,
    Move.CORRECT,
    "更正期限",
    posts=(PostKind.CLOCK,),
    source="全国年节及纪念日放假办法",
)
def correct_deadline(task: Task, call: Call, form: Correction) -> Outcome:
    """A loaded calendar moves a deadline; the old and the new moment stand in the entry."""
    counted = recounted(task)
    return Outcome(
        changes={
            "start_at": counted.start,
            "due_at": counted.due,
            "calendar": counted.calendar,
            "provisional": counted.provisional,
        },
        result={
            "about": task.about_id,
            "kind": task.kind,
            "was": task.due_at,
            "due": counted.due,
            "provisional": counted.provisional,
        },
    )


@action(
    TASKS,
    Move.REASSIGN,
    "转办",
    posts=(PostKind.BRIGADE_HEAD, PostKind.DETACHMENT_LEADER),
    source="本系统默认",
)
def reassign(task: Task, call: Call, form: Reassignment) -> Outcome:
    """Give a task to another post of the same organisation. Refuses `post-elsewhere`."""
    post = post_in(task.organisation_id, form.post)
    return Outcome(changes={"holder": post.id}, result={"holder": post.user.name})


@action(TASKS, Move.REASSIGN, "退回单位", posts=(PostKind.CLOCK,), source="本系统默认")
def fall_back(task: Task, call: Call, _: Nothing) -> Outcome:
    """Whoever had it has left: it is the organisation's again, for any post of that kind."""
    left = "" if task.holder is None else kind_of(task.holder).value
    return Outcome(
        changes={"holder": None, "post_kind": task.post_kind or left},
        result={"about": task.about_id},
    )
