"""Running numbers of visits and hazards: prefix, day, and the place in that day's series."""

from datetime import datetime

from fengsui.platform.documents.store import take_running
from fengsui.platform.rules import local_day


def running_number(prefix: str, at: datetime) -> str:
    """JC-20261124-0007: the seventh of the day. Unique; not a document number."""
    day = local_day(at)
    return f"{prefix}-{day:%Y%m%d}-{take_running(prefix, day):04d}"
