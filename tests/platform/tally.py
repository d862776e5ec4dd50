"""A job whose effect can be counted: each step takes the next number of a series."""

import sys
import time
from datetime import UTC, datetime
from uuid import UUID

from fengsui.platform.documents.store import take
from fengsui.platform.jobs import step, store
from fengsui.platform.jobs.kinds import JobKind, Step, Work, job_kind
from fengsui.platform.jobs.models import Run
from fengsui.platform.who import OFFICERS

SERIES = (UUID(int=7), "tally", 2026)
STEPS = 60


def _step(work: Work) -> Step:
    done = int(work.checkpoint.get("done", 0)) + 1
    time.sleep(0.01)
    return Step({"done": done}, done, STEPS, f"第 {done} 步", done < STEPS, count)


def count() -> None:
    take(*SERIES)


job_kind(JobKind("tally", OFFICERS, lambda _said: "计数", _step))


def work() -> None:
    """A worker that says how many steps it did, until nothing was due for two seconds."""
    idle = 0
    while idle < 40:
        if step.step(datetime.now(UTC)):
            idle = 0
            sys.stdout.write(".\n")
            sys.stdout.flush()
        else:
            idle += 1
            time.sleep(0.05)


def work_carelessly() -> None:
    """The control: no lease, no swap; what most first versions of a job queue do."""

    def take_what_is_there(now, _seconds):
        return Run.objects.filter(done__lt=STEPS).select_related("job").first()

    def keep_anyhow(run, done, now):
        if done.effect:
            done.effect()
        Run.objects.filter(job=run.job_id).update(
            serial=run.serial + 1, checkpoint=dict(done.checkpoint), done=done.done
        )

    store.take, store.keep = take_what_is_there, keep_anyhow
    step._keep = keep_anyhow
    step._begin = lambda run, now: None
    for _ in range(STEPS * 2):
        if not step.step(datetime.now(UTC)):
            return
