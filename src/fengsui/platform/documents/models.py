from uuid import UUID

from django.db import models

from fengsui.platform.fields import SealedTextField
from fengsui.platform.records import Fact, Record

RUNNING = UUID(int=0)  # running numbers of records belong to no agency and are no documents


class NumberSeries(models.Model):
    """The next number of one (agency, kind, year). Numbers leave it in order and never twice."""

    agency_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    next = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("agency_id", "kind", "year"), name="one_series"),
        )


class NumberBlock(Record):
    """Numbers (号段) held by a named phone or office until used or returned.

    `void` are those that nobody used, from the moment the block is returned with its `reason`.
    """

    agency_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    holder_post = models.UUIDField()
    holder_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=200, blank=True)
    void = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.year} 年第 {self.first} 至 {self.last} 号"

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1)


class Document(Record):
    """A numbered paper. Its data is fixed when it is issued; the PDF is drawn from it when opened.

    `about` is the record at hand when the paper is issued; a paper read again knows only its id.
    """

    about: Record | None = None

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    number = models.CharField(max_length=60)
    agency_id = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    data = models.JSONField()
    about_type = models.CharField(max_length=40)
    about_id = models.UUIDField(db_index=True)
    party = models.CharField(max_length=120, blank=True)
    issued_at = models.DateTimeField()
    served_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency_id", "kind", "year", "sequence"), name="a_number_is_used_once"
            ),
        )
        indexes = (models.Index(fields=("number",)),)

    def __str__(self) -> str:
        return self.number


class Service(Fact):
    """How a document reached its addressee (送达回证)."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="services")
    mode = models.CharField(max_length=24)
    recipient = models.CharField(max_length=60)
    served_at = models.DateTimeField()
    witness = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=200, blank=True)
    proof = models.UUIDField(null=True)


class Rendering(models.Model):
    """A PDF as it was first drawn: the digest that the page behind the QR compares with."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="rendering")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)


class DeliveryConfirmation(Record):
    """A unit agrees to be served electronically, and says where (电子送达确认书, 行政处罚法 §61)."""

    unit_id = models.UUIDField(db_index=True)
    unit_name = models.CharField(max_length=120)
    region = models.CharField(max_length=12)
    recipient = models.CharField(max_length=60)
    address = SealedTextField()
    phone = SealedTextField()
    signed_by = models.CharField(max_length=60)
    signed_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("region", "id")),)
        constraints = (
            models.UniqueConstraint(
                fields=("unit_id",),
                condition=models.Q(state="confirmed"),
                name="one_confirmation_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_name}·电子送达确认书"
