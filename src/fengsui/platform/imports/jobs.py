"""Long tables as jobs: the upload waits in the house until it is read, then goes."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from django.conf import settings

from fengsui.kernel.ids import new_id
from fengsui.platform import rules
from fengsui.platform.fields import concealed, disclosed
from fengsui.platform.imports import course
from fengsui.platform.imports.kinds import KINDS, TableKind
from fengsui.platform.jobs import queries
from fengsui.platform.jobs.kinds import JobKind, Step, Work, job_kind

_DAY_SECONDS = 86_400


def table_kind(declared: TableKind) -> TableKind:
    """Make a kind known, to the command line and as a job. Two of one name are a programming error."""
    if declared.kind in KINDS:
        raise ValueError(f"table kind {declared.kind} is declared twice")
    KINDS[declared.kind] = declared
    job_kind(
        JobKind(
            name=job_name(declared.kind),
            posts=declared.posts,
            title=lambda said: f"导入{declared.title}：{said['name']}"[:120],
            step=partial(_step, declared),
        )
    )
    return declared


def job_name(kind: str) -> str:
    return f"import-{kind}"


def keep_upload(blocks: Iterable[bytes]) -> str:
    """Store an upload, concealed, until its job has read it; its name. Those that no job came for go
    first."""
    folder = _uploads()
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    name = new_id().hex
    (folder / name).write_bytes(concealed(b"".join(blocks)))
    return name


def _sweep(folder: Path) -> None:
    days = queries.limits(rules.local_day(datetime.now(UTC)))["result_days"]
    for path in folder.iterdir():
        if path.stat().st_mtime < time.time() - days * _DAY_SECONDS:
            path.unlink(missing_ok=True)


def _uploads() -> Path:
    return Path(settings.HOME) / "imports"


def _step(kind: TableKind, work: Work) -> Step:
    path = _uploads() / work.arguments["_upload"]
    if work.checkpoint:
        path.unlink(missing_ok=True)
    return course.step(kind, work, lambda: disclosed(path.read_bytes()))
