from django.db import models
from django.db.models import Q

from fengsui.platform.accounts.models import Post
from fengsui.platform.fields import HiddenTextField, SealedTextField
from fengsui.platform.records import Fact, Record
from fengsui.registry.grids.lifecycle import (
    BECAUSE_TITLES,
    GIVER_TITLES,
    MANNER_TITLES,
    AssignmentState,
    Because,
    Giver,
    GridState,
    Manner,
)
from fengsui.registry.grids.rules import CONTACT, HEALTH, TITLES, Scope, Span


class Grid(Record):
    """The smallest governed area, inside one village or community.

    `place` is what that was called when the grid was opened. From `retired_on` on it no longer stands;
    what became of it is told by its successions.
    """

    region = models.CharField(max_length=12)
    place = models.CharField(max_length=160)
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    opened_on = models.DateField()
    retired_on = models.DateField(null=True)

    class Meta:
        verbose_name = "网格"
        constraints = (
            models.UniqueConstraint(
                fields=("region", "number"),
                condition=Q(state=GridState.IN_USE.value),
                name="one_grid_of_a_number",
            ),
        )
        indexes = (models.Index(fields=("region", "id")),)

    def __str__(self) -> str:
        return f"{self.name}（{self.number}）"

    @property
    def span(self) -> Span:
        return Span(self.opened_on, self.retired_on)


class Naming(Fact):
    """What a grid was called from a day on."""

    grid = models.ForeignKey(Grid, models.PROTECT, related_name="namings")
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    since_on = models.DateField()


class Lineage(Fact):
    """One grid became another on a day."""

    old = models.ForeignKey(Grid, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Grid, models.PROTECT, related_name="origins")
    change = models.CharField(max_length=8)
    on = models.DateField()


class Assignment(Record):
    """A grid worker's post walks a grid, from a day until a day."""

    grid = models.ForeignKey(Grid, models.PROTECT, related_name="assignments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="grid_assignments")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        verbose_name = "网格员"
        constraints = (
            models.UniqueConstraint(
                fields=("grid", "post"),
                condition=Q(state=AssignmentState.SERVING.value),
                name="once_at_a_time_in_a_grid",
            ),
        )
        indexes = (models.Index(fields=("post", "state")),)

    def __str__(self) -> str:
        return f"{self.post.user.name}·{self.grid.name}"


def _empty(fields: frozenset[str]) -> Q:
    return Q(**dict.fromkeys(sorted(fields), ""))


class Household(Record):
    """A household at risk. In clear: where in the grid of the region, of which kinds, what was agreed.

    Everything personal is sealed, and none of it is there without consent: the database itself says
    so. `phone_hash` finds a phone without its being readable.
    """

    region = models.CharField(max_length=12)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="households")
    kinds = models.JSONField(default=list)
    name = SealedTextField()
    phone = SealedTextField()
    phone_hash = models.CharField(max_length=64, blank=True)
    address = SealedTextField()
    point = HiddenTextField()
    condition = HiddenTextField()
    notes = HiddenTextField()
    contact_name = SealedTextField()
    contact_phone = SealedTextField()
    consented_on = models.DateField(null=True)
    consent_giver = models.CharField(max_length=12, blank=True)
    consent_manner = models.CharField(max_length=12, blank=True)
    consent_health = models.BooleanField(default=False)
    consent_contact = models.BooleanField(default=False)
    closed_because = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = "风险户"
        constraints = (
            models.CheckConstraint(
                condition=Q(consented_on__isnull=False) | _empty(frozenset(TITLES)),
                name="nothing_personal_without_consent",
            ),
            models.CheckConstraint(
                condition=Q(consent_health=True) | _empty(HEALTH),
                name="no_health_without_its_consent",
            ),
            models.CheckConstraint(
                condition=Q(consent_contact=True) | _empty(CONTACT),
                name="no_contact_without_their_consent",
            ),
        )
        indexes = (
            models.Index(fields=("region", "id")),
            models.Index(fields=("grid", "state")),
            models.Index(
                fields=("phone_hash",), condition=~Q(phone_hash=""), name="household_by_phone"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kinds[0] if self.kinds else '风险户'} {self.code}"

    @property
    def code(self) -> str:
        """What a household is called without naming anybody: the end of its id."""
        return self.id.hex[-6:].upper()

    @property
    def scope(self) -> Scope:
        return Scope(self.consented_on is not None, self.consent_health, self.consent_contact)

    @property
    def held(self) -> list[str]:
        """The personal fields that hold something."""
        return [name for name in TITLES if getattr(self, name)]


class Placement(Fact):
    """A household belonged to a grid from a day on."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="placements")
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="placements")
    since_on = models.DateField()


class Consent(Fact):
    """Consent given, or withdrawn: by whom, how, when, how far. Names nobody but who recorded it."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="consents")
    given = models.BooleanField()
    giver = models.CharField(max_length=12, blank=True)
    manner = models.CharField(max_length=12, blank=True)
    on = models.DateField()
    health = models.BooleanField(default=False)
    contact = models.BooleanField(default=False)

    @property
    def giver_title(self) -> str:
        return GIVER_TITLES[Giver(self.giver)] if self.giver else ""

    @property
    def manner_title(self) -> str:
        return MANNER_TITLES[Manner(self.manner)] if self.manner else ""


def because_title(value: str) -> str:
    """Why a household was struck off, in words."""
    return BECAUSE_TITLES[Because(value)] if value else ""
