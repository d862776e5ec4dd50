"""An import walked from its first step to its last in one process: at the command line, in a play."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from fengsui.platform.actions import persist
from fengsui.platform.imports import course
from fengsui.platform.imports.kinds import TableKind
from fengsui.platform.jobs.kinds import Step, Work


def walk(
    kind: TableKind, work: Work, content: Callable[[], bytes], pace: course.Pace = course.PACE
) -> Iterator[Step]:
    """Each step once it is in; the last one has no more. Refuses what `course.step` refuses."""
    while True:
        done = course.step(kind, work, content, pace)
        if done.effect is not None:
            persist(done.effect)
        yield done
        if not done.more:
            return
        work = replace(work, checkpoint=done.checkpoint, done=done.done, total=done.total)
