from django.db.models import QuerySet

from fengsui.platform.calendar.models import AwaitedYear, LoadedYear
from fengsui.platform.who import PostKind, Who


def loaded_years_for(who: Who) -> QuerySet[LoadedYear]:
    """The calendar is public: everybody may see by which days deadlines are counted."""
    return LoadedYear.objects.all()


def awaited_years_for(who: Who) -> QuerySet[AwaitedYear]:
    """Who keeps the calendar, and the clock that asks for it."""
    if who.kind in (PostKind.SYSTEM_ADMIN, PostKind.CLOCK):
        return AwaitedYear.objects.all()
    return AwaitedYear.objects.none()
