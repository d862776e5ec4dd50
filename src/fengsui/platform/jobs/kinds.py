"""What kinds of long work there are: each a step function, called again until there is no more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from fengsui.platform.who import PostKind, Who


@dataclass(frozen=True, slots=True)
class Work:
    """A job as its step sees it: who asked, for what, how far it is, and a folder of its own."""

    job_id: UUID
    who: Who
    arguments: Mapping[str, Any]
    checkpoint: Mapping[str, Any]
    done: int
    total: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Step:
    """What one step came to. `more` False ends the job.

    The step function itself runs outside any transaction and may run again after a crash: it only
    reads, and writes files whose content follows from the checkpoint. What changes the database is
    done in `effect`, in the one short transaction that also keeps the checkpoint: once, or not.
    """

    checkpoint: Mapping[str, Any] = field(default_factory=dict)
    done: int = 0
    total: int = 0
    words: str = ""
    more: bool = True
    effect: Callable[[], None] | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class JobKind:
    """`title(arguments)` names the job for people; `posts` may ask for it."""

    name: str
    posts: frozenset[PostKind]
    title: Callable[[Mapping[str, Any]], str]
    step: Callable[[Work], Step]


KINDS: dict[str, JobKind] = {}


def job_kind(declared: JobKind) -> JobKind:
    """Make a kind known. Names are unique."""
    if declared.name in KINDS:
        raise ValueError(f"job kind {declared.name} is declared twice")
    KINDS[declared.name] = declared
    return declared
