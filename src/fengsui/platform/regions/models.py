from functools import lru_cache

from django.db import models
from django.db.models import Q
from django.db.models.lookups import Exact

CODE_LENGTH, COUNTY_DIGITS = 12, 6
_LEVEL_DIGITS = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}


@lru_cache(maxsize=10_000)
def prefix_of(code: str) -> str:
    """The digits of a 12-digit code that name its subtree: 150502000000 → 150502."""
    for digits in (2, 4, 6, 9):
        if code[digits:].strip("0") == "":
            return code[:digits]
    return code


def county_of(code: str) -> str:
    """The county that a region lies in: 150502001000 → 150502000000."""
    return code[:COUNTY_DIGITS].ljust(CODE_LENGTH, "0")


def way_to(code: str) -> list[str]:
    """A region and all that hold it, the largest first: 150000000000, 150500000000, …"""
    return list(dict.fromkeys(code[:n].ljust(CODE_LENGTH, "0") for n in _LEVEL_DIGITS.values()))


def within(code: str, column: str = "region") -> Q:
    """Rows whose `column` lies in the subtree of `code`; as a range, so that an index serves it."""
    prefix = prefix_of(code)
    return Q(
        **{
            f"{column}__gte": prefix.ljust(CODE_LENGTH, "0"),
            f"{column}__lte": prefix.ljust(CODE_LENGTH, "9"),
        }
    )


class Prefix(models.Func):
    """The first digits of a code. The number stands in the text, so that an index on it serves."""

    template = "substr(%(expressions)s, 1, %(digits)s)"
    output_field = models.CharField()

    def __init__(self, column: str, *, digits: int) -> None:
        super().__init__(column, digits=int(digits))


def lying_in(code: str, column: str = "region") -> Q:
    """The same for tables of a million rows that are read newest first.

    An equality, so that an index (county, id) or (township, id) gives the rows already in order;
    above the county nearly every row lies in reach, and the order of ids serves.
    """
    prefix = prefix_of(code)
    if len(prefix) == CODE_LENGTH:
        return Q(**{column: code})
    return Q(Exact(Prefix(column, digits=len(prefix)), prefix))


def region_asked(code: str) -> Q | None:
    """The rows of a region that an address names; nothing for what is no code."""
    is_code = len(code) == CODE_LENGTH and code.isascii() and code.isdecimal()
    return lying_in(code) if is_code else None


def region_indexes(name: str) -> tuple[models.Index, ...]:
    """What `lying_in` reads by, newest first: an index for counties, one for townships."""
    return (county_index(f"{name}_county"), _index(f"{name}_township", 9))


def county_index(name: str, *columns: str) -> models.Index:
    """A county's rows in the order of `columns`, then of ids. A township is few rows anyway."""
    return _index(name, COUNTY_DIGITS, *columns)


def _index(name: str, digits: int, *columns: str) -> models.Index:
    return models.Index(Prefix("region", digits=digits), *columns, "id", name=name)


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
