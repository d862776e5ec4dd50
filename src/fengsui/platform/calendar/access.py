from django.db.models import QuerySet

from fengsui.platform.calendar.models import LoadedYear
from fengsui.platform.who import Who


def loaded_years_for(who: Who) -> QuerySet[LoadedYear]:
    """The calendar is public: everybody may see by which days deadlines are counted."""
    return LoadedYear.objects.all()
