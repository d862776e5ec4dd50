"""The worker's step: take one job, do one step of it, keep that. After a crash another goes on."""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import InterfaceError, OperationalError, transaction

from fengsui.kernel.refusal import Refusal
from fengsui.platform import leases, rules
from fengsui.platform.accounts.queries import who_in
from fengsui.platform.actions import perform
from fengsui.platform.calls import Call, Form, Nothing
from fengsui.platform.declared import Action
from fengsui.platform.jobs import queries, store
from fengsui.platform.jobs.actions import Failure, Result, begin, fail, finish
from fengsui.platform.jobs.kinds import KINDS, Step, Work
from fengsui.platform.jobs.lifecycle import State
from fengsui.platform.jobs.models import Job, Run
from fengsui.platform.words import answer
from fengsui.platform.worklist.sweep import clock_call

log = logging.getLogger(__name__)


def step(now: datetime) -> bool:
    """One step of the job that has waited longest; False when none is due."""
    limits = queries.limits(rules.local_day(now))
    run = store.take(now, limits["lease_seconds"])
    if run is None:
        return False
    try:
        _begin(run, now)
        with leases.renewed(partial(store.renew, run), now, limits["lease_seconds"]):
            done = _step(run, now)
        _keep(run, done, now)
    except store.LeaseLost:
        log.info("job %s went on elsewhere or was stopped", run.job_id)
    except Refusal as no:
        _fail(run, answer(no).text, now)
    except (InterfaceError, OperationalError):
        raise  # the database is away: the lease ends by itself
    except Exception as error:  # a kind's step is the outermost loop here: log, back off this job
        log.exception("job %s", run.job_id)
        if run.attempts >= limits["attempts"]:
            _fail(run, repr(error), now)
        else:
            wait = limits["first_wait_seconds"] * 2 ** (run.attempts - 1)
            store.again(run, now + timedelta(seconds=wait))
    return True


def _step(run: Run, now: datetime) -> Step:
    """Refuses `job-unknown`, `job-without-owner`."""
    job = run.job
    kind = KINDS.get(job.kind)
    if kind is None:
        raise Refusal("job-unknown", kind=job.kind)
    who = who_in(job.user_id, job.by_name, job.post_id, rules.local_day(now))
    if who is None:
        raise Refusal("job-without-owner", name=job.by_name)
    return kind.step(
        Work(
            job_id=job.id,
            who=who,
            arguments=job.arguments,
            checkpoint=run.checkpoint,
            done=run.done,
            total=run.total,
            folder=store.folder(job.id),
        )
    )


def _begin(run: Run, now: datetime) -> None:
    if run.job.state == State.QUEUED:
        _act(begin, run.job, "begin", now, Nothing())


def _keep(run: Run, done: Step, now: datetime) -> None:
    if done.more:
        store.keep(run, done, now)
        return
    path = store.folder(run.job_id) / done.result
    form = Result(name=done.result, sha256=store.digest(path) if done.result else "")
    with transaction.atomic():
        store.keep(run, done, now)
        _act(finish, run.job, "finish", now, form)


def _fail(run: Run, error: str, now: datetime) -> None:
    try:
        _act(fail, run.job, "fail", now, Failure(error=error[:300]))
    except Refusal:
        log.info("job %s was stopped meanwhile", run.job_id)


def _act(what: Action[Job], job: Job, word: str, now: datetime, form: Form) -> None:
    perform(what, job.id, _call(job, word, now), form)


def _call(job: Job, word: str, now: datetime) -> Call:
    return clock_call(f"job/{job.id}/{word}/{job.version}", now)


def sweep(now: datetime) -> int:
    """Delete the files of jobs whose time is over; how many."""
    over = store.to_sweep(now)
    for job_id in over:
        store.swept(job_id)
    return len(over)
