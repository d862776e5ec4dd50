"""Rows of the register."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fengsui.platform.accounts.models import Organisation
from fengsui.platform.fields import SealedTextField
from fengsui.platform.records import Fact, Record
from fengsui.platform.regions.models import county_index, region_indexes
from fengsui.registry.lifecycle import CLASS_TITLES, ROLE_TITLES, PremisesClass, Role


class Building(Record):
    """A building that several premises share. `manager` answers for its common parts (消防法 §18).

    `in_use` comes with the rows of `buildings_for(who)`: is a registered premises in it?
    """

    in_use: bool = False

    name = models.CharField(max_length=120)
    region = models.CharField(max_length=12)
    address = models.CharField(max_length=200)
    height_m = models.PositiveIntegerField(null=True)
    floors = models.PositiveSmallIntegerField(null=True)
    floors_underground = models.PositiveSmallIntegerField(null=True)
    manager = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="buildings")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "建筑"
        indexes = (models.Index(fields=("region", "id")),)

    def __str__(self) -> str:
        return self.name


class CodeSeries(models.Model):
    """The last running number given in a county (six digits)."""

    county = models.CharField(primary_key=True, max_length=6)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.county


class Premises(Record):
    """What is inspected: a place with an address, a class, and persons who answer for it.

    `code` is its number in the register, given once and never again.
    `unit` is the organisation that runs it, `brigade` the one that supervises it. `judged_class` is
    what the rulebook makes of its facts, `premises_class` what holds: the same, unless an officer set
    another with reason and source. `category` is that of a small premises, by the list in force there. `judged_by` names the thresholds that judged. `missing` are the
    facts without which nothing could be judged. Two keys make names and addresses comparable.
    `declared` comes with the rows that a manager sees: does a declaration as key unit live?
    """

    declared: bool = False

    code = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120)
    region = models.CharField(max_length=12)
    address = models.CharField(max_length=200)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="premises")
    brigade = models.ForeignKey(Organisation, models.PROTECT, related_name="supervised")
    kind = models.CharField(max_length=40, blank=True)
    industry = models.CharField(max_length=60, blank=True)
    premises_class = models.CharField(max_length=16)
    judged_class = models.CharField(max_length=16, blank=True)
    category = models.CharField(max_length=40, blank=True)
    judged_on = models.DateField(null=True)
    judged_by = models.CharField(max_length=16, blank=True)
    because = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    class_reason = models.CharField(max_length=200, blank=True)
    class_source = models.CharField(max_length=200, blank=True)
    public_assembly = models.BooleanField(default=False)
    crowded = models.BooleanField(default=False)
    flags_reason = models.CharField(max_length=200, blank=True)
    hazard_grade = models.CharField(max_length=16, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    usage = models.CharField(max_length=60, blank=True)
    area_m2 = models.PositiveIntegerField(null=True)
    floor_area_m2 = models.PositiveIntegerField(null=True)
    floors = models.PositiveSmallIntegerField(null=True)
    floor = models.SmallIntegerField(null=True)
    underground = models.BooleanField(null=True)
    rooms = models.PositiveIntegerField(null=True)
    beds = models.PositiveIntegerField(null=True)
    seats = models.PositiveIntegerField(null=True)
    people = models.PositiveIntegerField(null=True)
    employees = models.PositiveIntegerField(null=True)
    dormitory_people = models.PositiveIntegerField(null=True)
    students = models.PositiveIntegerField(null=True)
    county_level = models.BooleanField(null=True)
    storage_t = models.PositiveIntegerField(null=True)
    volume_m3 = models.PositiveIntegerField(null=True)
    goods_value_yuan = models.PositiveIntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    responsible_name = models.CharField(max_length=60)
    responsible_phone = SealedTextField()
    manager_name = models.CharField(max_length=60, blank=True)
    manager_phone = SealedTextField()
    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="premises")
    building_part = models.CharField(max_length=60, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="absorbed")
    name_key = models.CharField(max_length=120, blank=True)
    address_key = models.CharField(max_length=200, blank=True)
    door_code = models.CharField(max_length=16, null=True, unique=True)  # noqa: DJ001  a code that is missing is not the same for two

    class Meta:
        verbose_name = "场所"
        constraints = (
            models.UniqueConstraint(
                fields=("code",), condition=~Q(code=""), name="one_premises_a_code"
            ),
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
            models.Index(fields=("name_key",)),
            models.Index(fields=("address_key",)),
            models.Index(fields=("credit_code",)),
            models.Index(fields=("judged_by", "id")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def class_title(self) -> str:
        return CLASS_TITLES[PremisesClass(self.premises_class)]

    @property
    def judged_title(self) -> str:
        return CLASS_TITLES[PremisesClass(self.judged_class)] if self.judged_class else ""

    @property
    def small_category(self) -> str:
        """Its category where it is a small premises."""
        return self.category if self.premises_class == PremisesClass.SMALL else ""


class Responsible(Fact):
    """Who answered for a premises from a day on, until the next in the same role."""

    premises = models.ForeignKey(Premises, models.PROTECT, related_name="persons")
    role = models.CharField(max_length=16)
    name = models.CharField(max_length=60)
    phone = SealedTextField()
    since_on = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-since_on", "-id"]

    @property
    def role_title(self) -> str:
        return ROLE_TITLES[Role(self.role)]


class KeyDeclaration(Record):
    """A unit declares itself a key unit; the agency checks, lists it, and takes it off again."""

    premises = models.ForeignKey(Premises, models.PROTECT, related_name="declarations")
    region = models.CharField(max_length=12)
    grounds = models.CharField(max_length=200)
    judged_class = models.CharField(max_length=16)
    decision = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)

    class Meta:
        verbose_name = "重点单位申报"
        indexes = (models.Index(fields=("region", "id")),)
        constraints = (
            models.UniqueConstraint(
                fields=("premises",),
                condition=Q(state__in=("declared", "listed")),
                name="one_living_declaration",
            ),
        )

    def __str__(self) -> str:
        return f"{self.premises.name}·重点单位申报"


class ClaimCode(Record):
    """A one-time code with which a manager claims a premises; the house keeps only its hash."""

    premises = models.ForeignKey(Premises, models.PROTECT, related_name="claim_codes")
    region = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    valid_until = models.DateTimeField()
    used_by = models.CharField(max_length=60, blank=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "认领码"

    def __str__(self) -> str:
        return f"{self.premises.name}·认领码"
