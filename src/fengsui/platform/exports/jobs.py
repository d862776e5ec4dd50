"""Exports as jobs of whoever asks for them."""

from functools import partial

from fengsui.platform.exports import course
from fengsui.platform.exports.kinds import EXPORTS, ExportKind
from fengsui.platform.jobs.kinds import JobKind, job_kind

_FORMS = {"csv": "（CSV）"}


def export_kind(declared: ExportKind) -> ExportKind:
    """Make a kind known, to the command line and as a job. Two of one name are a programming error."""
    if declared.kind in EXPORTS:
        raise ValueError(f"export kind {declared.kind} is declared twice")
    EXPORTS[declared.kind] = declared
    job_kind(
        JobKind(
            name=job_name(declared.kind),
            posts=declared.posts,
            title=lambda said: f"导出{declared.title}{_FORMS.get(said.get('_format', ''), '')}",
            step=partial(course.step, declared),
        )
    )
    return declared


def job_name(kind: str) -> str:
    return f"export-{kind}"
