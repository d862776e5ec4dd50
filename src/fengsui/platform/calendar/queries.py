"""The calendar in force: shipped years under those loaded here."""

import time
from datetime import date

from fengsui.kernel.workdays import Calendar, Year, shipped_calendar
from fengsui.platform.calendar.models import AwaitedYear, LoadedYear

# Other processes load years too: what is older than this is read again.
_FRESH_SECONDS = 1.0
_kept: tuple[float, Calendar] | None = None


def current_calendar() -> Calendar:
    """All years known to this installation, at most a second old."""
    global _kept  # noqa: PLW0603  one calendar a process is the point
    now = time.monotonic()
    if _kept is None or now - _kept[0] > _FRESH_SECONDS:
        _kept = (now, _read())
    return _kept[1]


def forget() -> None:
    """Read the years anew at next use, in this process."""
    global _kept  # noqa: PLW0603
    _kept = None


def _read() -> Calendar:
    calendar = shipped_calendar()
    for loaded in LoadedYear.objects.order_by("loaded_at", "id"):
        calendar = calendar.replace(year_of(loaded))
    return calendar


def awaited(year: int) -> AwaitedYear | None:
    """The year as it was asked for, if it was."""
    return AwaitedYear.objects.filter(year=year).first()


def year_of(loaded: LoadedYear) -> Year:
    """Refuses `calendar-invalid`, naming the day."""
    names = {date.fromisoformat(day): name for day, name in loaded.holidays.items()}
    return Year(
        year=loaded.year,
        off=frozenset(names),
        makeup=frozenset(date.fromisoformat(day) for day in loaded.workdays),
        statutory=shipped_calendar().statutory.get(loaded.year, frozenset()),
        version=f"{loaded.year}-{loaded.id.hex[-6:]}",
        source=loaded.source,
        tag="VP",
        names=names,
    )
