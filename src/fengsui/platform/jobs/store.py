"""How far jobs are, in short transactions by compare-and-swap; and their files."""

import hashlib
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from fengsui.kernel.refusal import Refusal
from fengsui.platform.jobs.kinds import Step
from fengsui.platform.jobs.models import Job, Run


class LeaseLost(Exception):
    """Somebody else went on, or the job was stopped: what this step did is not kept."""


def plan(job: Job, now: datetime) -> None:
    """The run of a new job; the foreign key is checked at commit, when the job is there too."""
    Run.objects.create(job_id=job.id, due_at=now)


def plan_again(job_id: UUID, now: datetime) -> bool:
    """Due again, unless its files were swept away."""
    if not Run.objects.filter(job=job_id, serial=0).exists() and not folder(job_id).exists():
        return False
    Run.objects.filter(job=job_id).update(due_at=now, attempts=0, sweep_at=None)
    return True


def put_away(job_id: UUID, sweep_at: datetime | None) -> None:
    """Not due any more; a lease that somebody holds is lost with this."""
    Run.objects.filter(job=job_id).update(due_at=None, sweep_at=sweep_at)


def take(now: datetime, seconds: int) -> Run | None:
    """Lease the run that has waited longest; unfinished, it is due again after `seconds`."""
    waiting = Run.objects.filter(due_at__lte=now).select_related("job")
    for run in waiting.order_by("due_at", "serial")[:20]:
        until = now + timedelta(seconds=seconds)
        mine = Run.objects.filter(job=run.job_id, due_at=run.due_at, serial=run.serial)
        if mine.update(due_at=until, attempts=F("attempts") + 1):
            run.due_at, run.attempts = until, run.attempts + 1
            return run
    return None


def renew(run: Run, until: datetime) -> None:
    """The step still goes on. Where the lease was lost nothing is renewed, and `keep` will say so."""
    mine = Run.objects.filter(job=run.job_id, due_at=run.due_at, serial=run.serial)
    if mine.update(due_at=until):
        run.due_at = until


def keep(run: Run, step: Step, now: datetime) -> None:
    """The step's effect and its checkpoint, both or neither. Raises LeaseLost.

    Inside the caller's transaction. The swap comes first: who does not hold the lease waits or
    fails here, before anything is done.
    """
    with transaction.atomic():
        mine = Run.objects.filter(job=run.job_id, due_at=run.due_at, serial=run.serial)
        kept = mine.update(
            serial=run.serial + 1,
            checkpoint=dict(step.checkpoint),
            done=step.done,
            total=step.total,
            words=step.words[:120],
            due_at=now,
            attempts=0,
        )
        if not kept:
            raise LeaseLost
        if step.effect is not None:
            step.effect()


def again(run: Run, at: datetime) -> None:
    """The step failed: it is due again later, if it is still ours."""
    Run.objects.filter(job=run.job_id, due_at=run.due_at, serial=run.serial).update(due_at=at)


def to_sweep(now: datetime, limit: int = 20) -> list[UUID]:
    due = Run.objects.filter(sweep_at__lte=now).order_by("sweep_at")
    return list(due.values_list("job_id", flat=True)[:limit])


def swept(job_id: UUID) -> None:
    """Delete a job's files, then forget that they were to be deleted."""
    shutil.rmtree(folder(job_id), ignore_errors=True)
    Run.objects.filter(job=job_id).update(sweep_at=None)


def folder(job_id: UUID) -> Path:
    return Path(settings.HOME) / "jobs" / str(job_id)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def result(job: Job) -> bytes:
    """The result, checked. Refuses `job-without-result`, `job-expired`, `file-damaged`."""
    if not job.result_name:
        raise Refusal("job-without-result", title=job.title)
    path = folder(job.id) / job.result_name
    if not path.exists():
        raise Refusal("job-expired", title=job.title)
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != job.result_sha256:
        raise Refusal("file-damaged", sha256=job.result_sha256)
    return data


def result_name(job: Job) -> str:
    """What the result is called on the machine of whoever fetches it."""
    title = re.sub(r"[^\w（）]+", "-", job.title.removesuffix(Path(job.result_name).suffix))
    return f"{title}-{job.requested_at:%Y%m%d}{Path(job.result_name).suffix}"
