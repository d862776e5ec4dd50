"""What happens to a task beside the action that closes it: time passes, people change."""

from uuid import UUID

from pydantic import Field

from fengsui.kernel.deadline import Deadline
from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.accounts.queries import kind_of, post_in
from fengsui.platform.actions import action
from fengsui.platform.calls import Call, Form, Nothing, Outcome
from fengsui.platform.records import RecordType, record_type
from fengsui.platform.who import PostKind
from fengsui.platform.worklist.access import tasks_for
from fengsui.platform.worklist.lifecycle import TASK, Move
from fengsui.platform.worklist.models import Task

TASKS = record_type(
    RecordType(
        name="task",
        plural="tasks",
        title="待办",
        model=Task,
        lifecycle=TASK,
        visible=tasks_for,
        label=str,
    )
)


class Correction(Form):
    """The calendar that the deadline is counted on now, for the record."""

    calendar: str = Field(title="工作日历版本", max_length=200)


class Reassignment(Form):
    post: UUID = Field(title="转给")
    reason: str = Field(title="理由", min_length=2, max_length=200)


def recounted(task: Task) -> Deadline:
    """The task's deadline on today's calendar; one chained to another starts when that is due."""
    start = task.starts_with.due_at if task.starts_with else task.start_at
    rule = rules.rulebook().deadline_rule(task.rule, rules.local_day(start))
    return rules.deadline(
        task.rule,
        start.astimezone(rules.CHINA),
        n=task.n if rule.n is None else None,
        extensions=task.extensions,
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
