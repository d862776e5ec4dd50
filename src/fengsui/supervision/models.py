from django.db import models

from fengsui.platform.accounts.models import Organisation, Post
from fengsui.platform.records import Fact, Record
from fengsui.platform.regions.models import county_index, region_indexes
from fengsui.registry.models import Premises
from fengsui.supervision.lifecycle import (
    DISPOSAL_TITLES,
    KIND_TITLES,
    Disposal,
    InspectionKind,
)


class Inspection(Record):
    """One visit to one premises by two officers (消防监督检查规定 §14)."""

    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=20)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="inspections")
    brigade = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.CharField(max_length=12)
    hazard = models.ForeignKey("Hazard", models.PROTECT, null=True, related_name="reinspections")
    lead = models.ForeignKey(Post, models.PROTECT, related_name="+")
    second = models.ForeignKey(Post, models.PROTECT, related_name="+")
    planned_on = models.DateField()
    arrived_at = models.DateTimeField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    ended_at = models.DateTimeField(null=True)
    accompanied_by = models.CharField(max_length=60, blank=True)
    opinion = models.CharField(max_length=400, blank=True)
    signature = models.CharField(max_length=24, blank=True)
    witness = models.CharField(max_length=60, blank=True)
    passed = models.BooleanField(null=True)
    remarks = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = "监督检查"
        indexes = (
            models.Index(fields=("region", "id")),
            models.Index(fields=("premises", "id")),
            *region_indexes("inspections_in"),
            county_index("inspections_state_in_county", "state"),
            models.Index(fields=("state", "id")),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def kind_title(self) -> str:
        return KIND_TITLES[InspectionKind(self.kind)]


class Answer(Fact):
    """What one checklist item was found to be; the newest of a code holds."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="answers")
    code = models.CharField(max_length=16)
    result = models.CharField(max_length=16)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=("inspection", "code")),)


class Finding(Fact):
    """Something not in order: where, what, against which article, and what follows."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    code = models.CharField(max_length=16)
    place = models.CharField(max_length=120)
    text = models.CharField(max_length=400)
    basis = models.CharField(max_length=200)
    cause = models.CharField(max_length=24, blank=True)
    disposal = models.CharField(max_length=16)
    term_days = models.PositiveSmallIntegerField(null=True)
    corrected = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    def __str__(self) -> str:
        return self.text

    @property
    def disposal_title(self) -> str:
        return DISPOSAL_TITLES[Disposal(self.disposal)]


class Withdrawal(Fact):
    """A finding entered by mistake, taken back before the visit was concluded."""

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=200)


class Hazard(Record):
    """Findings of one visit that share one order, from discovery to closing.

    `term_days` counts from the order; `due_on` is its last day, rolled for the party. `given` comes
    with the rows of `hazards_for(who)`: was the matter given to whoever asks?
    """

    given: bool

    number = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=120)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="hazards")
    brigade = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.CharField(max_length=12)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="hazards")
    findings = models.JSONField(default=list)
    disposal = models.CharField(max_length=16)
    found_at = models.DateTimeField()
    ordered_at = models.DateTimeField(null=True)
    term_days = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    measures = models.CharField(max_length=400, blank=True)
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    served_at = models.DateTimeField(null=True)
    extension = models.CharField(max_length=16, blank=True)
    extension_days = models.PositiveSmallIntegerField(null=True)
    extension_reason = models.CharField(max_length=1300, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "火灾隐患"
        indexes = (
            models.Index(fields=("region", "id")),
            models.Index(fields=("premises", "id")),
            *region_indexes("hazards_in"),
            county_index("hazards_state_in_county", "state"),
            county_index("hazards_due_in_county", "due_on"),
            models.Index(fields=("state", "id")),
            models.Index(fields=("due_on", "id")),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def disposal_title(self) -> str:
        return DISPOSAL_TITLES[Disposal(self.disposal)]


class Evidence(Fact):
    """What the premises says it has put right; photos hang on it as attachments."""

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="evidence")
    text = models.CharField(max_length=400)


class Instruction(Fact):
    """What the brigade's head decided about an overdue hazard."""

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="instructions")
    measure = models.CharField(max_length=40)
    text = models.CharField(max_length=400)
