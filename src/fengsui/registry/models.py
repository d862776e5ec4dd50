from django.db import models
from django.db.models import F, Q

from fengsui.platform.accounts.models import Organisation
from fengsui.platform.fields import SealedTextField
from fengsui.platform.records import Record
from fengsui.platform.regions.models import county_index, region_indexes
from fengsui.registry.lifecycle import CLASS_TITLES, PremisesClass


class Premises(Record):
    """What is inspected: a place with an address, a class, and persons who answer for it.

    `unit` is the organisation that runs it, `brigade` the one that supervises it. Public assembly
    venues are crowded places too (消防法 §73).
    """

    name = models.CharField(max_length=120)
    region = models.CharField(max_length=12)
    address = models.CharField(max_length=200)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="premises")
    brigade = models.ForeignKey(Organisation, models.PROTECT, related_name="supervised")
    premises_class = models.CharField(max_length=16)
    public_assembly = models.BooleanField(default=False)
    crowded = models.BooleanField(default=False)
    credit_code = models.CharField(max_length=18, blank=True)
    usage = models.CharField(max_length=60, blank=True)
    area_m2 = models.PositiveIntegerField(null=True)
    floors = models.PositiveSmallIntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    responsible_name = models.CharField(max_length=60)
    responsible_phone = SealedTextField()
    manager_name = models.CharField(max_length=60, blank=True)
    manager_phone = SealedTextField()

    class Meta:
        verbose_name = "场所"
        constraints = (
            models.CheckConstraint(
                condition=Q(public_assembly=False) | Q(crowded=True),
                name="public_assembly_is_crowded",
            ),
        )
        indexes = (
            models.Index(fields=("region", "id")),
            models.Index(fields=("unit",)),
            models.Index(F("name"), name="premises_name"),
            *region_indexes("premises_in"),
            county_index("premises_class_in_county", "premises_class"),
            county_index("premises_name_in_county", "name"),
            models.Index(fields=("premises_class", "id")),
            models.Index(fields=("premises_class", "name", "id"), name="premises_class_by_name"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def class_title(self) -> str:
        return CLASS_TITLES[PremisesClass(self.premises_class)]
