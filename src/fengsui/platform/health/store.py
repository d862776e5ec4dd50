"""Signs of life: written by each worker, taken away when it ends in order."""

from datetime import datetime

from fengsui.platform.health.models import Beat


def beat(process: str, now: datetime) -> None:
    """`process` is alive at `now`."""
    Beat.objects.update_or_create(process=process, defaults={"at": now})


def clock_jumped(process: str, now: datetime, seconds: float) -> None:
    """The wall clock of `process` was set forward (or back: negative) by `seconds`."""
    jump = {"jumped_at": now, "jump_seconds": seconds}
    Beat.objects.update_or_create(process=process, defaults={"at": now, **jump})


def leave(process: str) -> None:
    """`process` ends in order: nobody is to think that it hangs, or still runs."""
    Beat.objects.filter(process=process).delete()
