"""Named reads of jobs."""

import contextlib
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.jobs.access import jobs_for
from fengsui.platform.jobs.lifecycle import ACTIVE, State
from fengsui.platform.jobs.models import Job, Run
from fengsui.platform.who import Who

PAGE_SIZE = 50


def limits(on: date) -> Mapping[str, int]:
    return {name: int(str(value)) for name, value in rules.table("JOB-LIMITS", on).items()}


def active(post_id: UUID) -> int:
    """How many jobs of a post are queued or running."""
    return Job.objects.filter(post_id=post_id, state__in=ACTIVE).count()


def jobs_after(who: Who, after: str) -> list[Job]:
    """A page of a post's jobs, newest first."""
    rows = jobs_for(who).select_related("run")
    with contextlib.suppress(ValueError):
        rows = rows.filter(id__lt=UUID(after)) if after else rows
    return list(rows.order_by("-id")[:PAGE_SIZE])


def job_page(who: Who, job_id: UUID) -> Job | None:
    return jobs_for(who).select_related("run").filter(pk=job_id).first()


def run_of(job_id: UUID) -> Run:
    """Refuses `job-not-found`."""
    run = Run.objects.select_related("job").filter(job=job_id).first()
    if run is None:
        raise Refusal("job-not-found", id=job_id)
    return run


def all_jobs(limit: int = 50) -> list[Job]:
    """The newest jobs of everybody, for the operator at the machine: titles and progress only."""
    return list(Job.objects.select_related("run").order_by("-id")[:limit])


def expires_on(job: Job) -> date | None:
    """The last day of a result (JOB-LIMITS)."""
    if job.state != State.DONE or job.finished_at is None or not job.result_name:
        return None
    finished = rules.local_day(job.finished_at)
    return finished + timedelta(days=limits(finished)["result_days"])
