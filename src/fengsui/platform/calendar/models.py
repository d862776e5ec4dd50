from django.db import models

from fengsui.platform.records import Record


class LoadedYear(Record):
    """A year's notice as an administrator loaded it; the newest of a year holds."""

    year = models.PositiveSmallIntegerField()
    holidays = models.JSONField()
    workdays = models.JSONField()
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("year", "-loaded_at")),)

    def __str__(self) -> str:
        return str(self.year)


class AwaitedYear(Record):
    """A year whose notice nobody has loaded yet: what the administrator's task is about."""

    year = models.PositiveSmallIntegerField(unique=True)

    def __str__(self) -> str:
        return str(self.year)
