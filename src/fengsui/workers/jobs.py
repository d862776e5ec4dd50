"""Long work, in a thread of its own: one step of one job at a time, the longest waiting first."""

from datetime import datetime

from fengsui.platform.jobs import step as jobs


def step(now: datetime) -> bool:
    """One step, and the files whose time is over; True means: there may be more at once."""
    swept = jobs.sweep(now)
    return jobs.step(now) or bool(swept)
