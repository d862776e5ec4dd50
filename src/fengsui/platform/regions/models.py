from django.db import models
from django.db.models import Q

CODE_LENGTH = 12
_LEVEL_DIGITS = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}


def prefix_of(code: str) -> str:
    """The digits of a 12-digit code that name its subtree: 150502000000 → 150502."""
    for digits in (2, 4, 6, 9):
        if code[digits:].strip("0") == "":
            return code[:digits]
    return code


def within(code: str, column: str = "region") -> Q:
    """Rows whose `column` lies in the subtree of `code`; as a range, so that an index serves it."""
    prefix = prefix_of(code)
    return Q(
        **{
            f"{column}__gte": prefix.ljust(CODE_LENGTH, "0"),
            f"{column}__lte": prefix.ljust(CODE_LENGTH, "9"),
        }
    )


class Region(models.Model):
    """A division of the country as the national code knows it. Editable data, no record."""

    code = models.CharField(primary_key=True, max_length=CODE_LENGTH)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=40, blank=True)
    level = models.PositiveSmallIntegerField()
    parent = models.CharField(max_length=CODE_LENGTH, blank=True, db_index=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    def __str__(self) -> str:
        return self.name


class Boundary(models.Model):
    """The outline of a division, to be drawn; never proof of where a border runs.

    `geometry` is a GeoJSON Polygon or MultiPolygon in WGS 84.
    """

    code = models.CharField(primary_key=True, max_length=CODE_LENGTH)
    geometry = models.JSONField()
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
