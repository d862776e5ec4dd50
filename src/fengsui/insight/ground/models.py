from django.db import models

from fengsui.registry.models import Premises


class Place(models.Model):
    """A living premises as the grid and the quality counts last saw it. Derived; may be built anew.

    `cell` is its deepest cell, `north` and `east` are millionths of a degree (WGS 84); all three
    are None without coordinates. `seen_at`: last visited or amended.
    """

    premises = models.OneToOneField(
        Premises, models.CASCADE, primary_key=True, related_name="place"
    )
    region = models.CharField(max_length=12)
    premises_class = models.CharField(max_length=16)
    cell = models.BigIntegerField(null=True)
    north = models.IntegerField(null=True)
    east = models.IntegerField(null=True)
    open_hazards = models.PositiveIntegerField(default=0)
    twin = models.CharField(max_length=32)
    seen_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("cell",)),
            models.Index(fields=("twin",)),
            models.Index(fields=("seen_at",)),
            models.Index(fields=("region", "seen_at")),
        )


class CellCount(models.Model):
    """How many premises of a class one county has in one cell. Level 0, cell 0: the whole county.

    `north` and `east` are sums, so that a cluster stands where its premises are.
    """

    level = models.PositiveSmallIntegerField()
    cell = models.BigIntegerField()
    county = models.CharField(max_length=12)
    premises_class = models.CharField(max_length=16)
    premises = models.IntegerField(default=0)
    hazardous = models.IntegerField(default=0)
    north = models.BigIntegerField(default=0)
    east = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("level", "cell", "county", "premises_class"), name="one_count_a_cell"
            ),
        )


class Doubtful(models.Model):
    """One thing that may be wrong with one premises."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="doubts")
    kind = models.CharField(max_length=24)
    region = models.CharField(max_length=12)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("place", "kind"), name="one_doubt_a_kind"),)
        indexes = (models.Index(fields=("kind", "region", "place")),)


class DoubtCount(models.Model):
    """How many premises of a county have one doubt."""

    kind = models.CharField(max_length=24)
    county = models.CharField(max_length=12)
    premises = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind", "county"), name="one_count_a_doubt"),
        )


class Bookmark(models.Model):
    """How far in the ledger the counts have read: log, leaf, and row of that leaf's entry."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    log = models.PositiveIntegerField(default=1)
    leaf = models.BigIntegerField(default=-1)
    ordinal = models.BigIntegerField(default=-1)
