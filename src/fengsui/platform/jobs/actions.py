"""What people and the worker do to a job."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calls import Call, Form, Nothing, Outcome
from fengsui.platform.jobs import queries, store
from fengsui.platform.jobs.access import jobs_for
from fengsui.platform.jobs.kinds import KINDS
from fengsui.platform.jobs.lifecycle import JOB, Move, State
from fengsui.platform.jobs.models import Job
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.who import PostKind, Who


def _progress(job: Job, _who: Who) -> Mapping[str, object]:
    """How far it is, and where its file may be fetched."""
    run, ready = job.run, job.state == State.DONE and bool(job.result_name)
    return {
        "done": run.done,
        "total": run.total,
        "words": run.words,
        "result": f"/api/v1/jobs/{job.id}/result" if ready and run.sweep_at is not None else None,
    }


JOBS = record_type(
    RecordType(
        name="job",
        plural="jobs",
        title="后台作业",
        model=Job,
        lifecycle=JOB,
        visible=jobs_for,
        label=str,
        more=_progress,
        listed=("title", "requested_at"),
        shown=(
            Shown("title", "作业"),
            Shown("by_name", "申请人"),
            Shown("requested_at", "开始时间"),
            Shown("finished_at", "完成时间"),
            Shown("error", "失败原因"),
            Shown("result_name", "结果文件"),
            Shown("result_sha256", "结果摘要"),
        ),
    )
)
_PEOPLE = frozenset(PostKind) - {PostKind.PUBLIC, PostKind.DEVICE, PostKind.CLOCK}
_OURS = "本系统默认"


class Start(Form):
    kind: str = Field(title="作业", max_length=40)
    arguments: dict[str, str] = Field(title="条件", default_factory=dict)


class Result(Form):
    name: str = Field(title="结果文件", max_length=120, default="")
    sha256: str = Field(title="摘要", max_length=64, default="")


class Failure(Form):
    error: str = Field(title="原因", max_length=300)


@action(JOBS, CREATE, "开始后台作业", posts=_PEOPLE, source=_OURS)
def start(_: None, call: Call, form: Start) -> Outcome:
    """Queue long work. Refuses `job-unknown`, `forbidden`, `too-many-jobs`."""
    kind, who = KINDS.get(form.kind), call.who
    if kind is None or who.post_id is None or who.user_id is None:
        raise Refusal("job-unknown", kind=form.kind)
    if who.kind not in kind.posts:
        raise Refusal("forbidden", action=kind.title(form.arguments), post=who.title, source=_OURS)
    most = queries.limits(rules.local_day(call.received_at))["per_post"]
    if queries.active(who.post_id) >= most:
        raise Refusal("too-many-jobs", most=most)
    job = Job(
        kind=kind.name,
        title=kind.title(form.arguments),
        arguments=dict(form.arguments),
        post_id=who.post_id,
        user_id=who.user_id,
        by_name=who.name,
        requested_at=call.at,
    )
    store.plan(job, call.received_at)
    return Outcome(new=job)


@action(JOBS, Move.BEGIN, "开始执行", posts=(PostKind.CLOCK,), source=_OURS)
def begin(job: Job, call: Call, _: Nothing) -> Outcome:
    """A worker has taken it."""
    return Outcome()


@action(JOBS, Move.FINISH, "完成作业", posts=(PostKind.CLOCK,), source=_OURS)
def finish(job: Job, call: Call, form: Result) -> Outcome:
    """Nothing is left to do; the result is named by its digest."""
    store.put_away(job.id, _expiry(call))
    changes: dict[str, Any] = {"finished_at": call.at}
    changes |= {"result_name": form.name, "result_sha256": form.sha256}
    return Outcome(changes=changes)


@action(JOBS, Move.FAIL, "作业失败", posts=(PostKind.CLOCK,), source=_OURS)
def fail(job: Job, call: Call, form: Failure) -> Outcome:
    """It cannot go on; what was done stays, and resuming goes on from there."""
    store.put_away(job.id, _expiry(call))
    return Outcome(changes={"error": form.error})


@action(JOBS, Move.PAUSE, "暂停", posts=_PEOPLE, source=_OURS)
def pause(job: Job, call: Call, _: Nothing) -> Outcome:
    """No further step is taken; the one under way is not kept."""
    store.put_away(job.id, None)
    return Outcome()


@action(JOBS, Move.CANCEL, "取消", posts=_PEOPLE, source=_OURS)
def cancel(job: Job, call: Call, _: Nothing) -> Outcome:
    """No further step is taken; the one under way is not kept."""
    store.put_away(job.id, _expiry(call))
    return Outcome()


@action(JOBS, Move.RESUME, "继续", posts=_PEOPLE, source=_OURS, main=True)
def resume(job: Job, call: Call, _: Nothing) -> Outcome:
    """Go on from the last step that was kept. Refuses `job-expired` when its files are gone."""
    if not store.plan_again(job.id, call.received_at):
        raise Refusal("job-expired", title=job.title)
    return Outcome(changes={"error": ""})


def _expiry(call: Call) -> Any:
    days = queries.limits(rules.local_day(call.received_at))["result_days"]
    return call.received_at + timedelta(days=days)
