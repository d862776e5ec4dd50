from django.db import models
from django.db.models import Q

from fengsui.kernel.ids import new_id
from fengsui.platform.fields import SealedTextField
from fengsui.platform.notices.lifecycle import Progress
from fengsui.platform.records import Record


class Notice(models.Model):
    """One occasion told to one receiver: a post, or a phone that stands in a record.

    Never holds personal data. `receiver` is `post:<id>` or `phone:<type>:<id>:<field>`. Numbers grow
    in the order of commits (store.tell writes one at a time), so a reader may go on from the last.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=120)
    receiver = models.CharField(max_length=120)
    post_id = models.UUIDField(null=True)
    occasion = models.CharField(max_length=40)
    urgency = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=300, blank=True)
    about_type = models.CharField(max_length=40)
    about_id = models.UUIDField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("key", "receiver"), name="told_once_to_a_receiver"),
        )
        indexes = (
            models.Index(fields=("post_id", "id"), condition=Q(seen_at=None), name="notice_unread"),
            models.Index(fields=("post_id", "id"), name="notice_of_post"),
        )


class Sending(models.Model):
    """A notice on one channel. Its id is the idempotency key that the provider always gets."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="sendings")
    channel = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default=Progress.QUEUED)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    provider_id = models.CharField(max_length=120, blank=True)
    receipt = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("notice", "channel"), name="one_sending_a_channel"),
        )
        indexes = (
            models.Index(
                fields=("due_at", "id"), condition=Q(due_at__isnull=False), name="sending_waiting"
            ),
            models.Index(
                fields=("channel", "id"), condition=Q(state="failed"), name="sending_failed"
            ),
            models.Index(fields=("channel", "provider_id")),
        )


class Place(models.Model):
    """How far a reader has come: along the sealed ledger (log, index) or along deadlines (moment, row)."""

    name = models.CharField(primary_key=True, max_length=40)
    log = models.PositiveIntegerField(default=0)
    index = models.BigIntegerField(default=-1)
    moment = models.DateTimeField(null=True)
    row = models.UUIDField(null=True)


class Wish(Record):
    """The channels a person wants beside those of the house; the mail address is personal."""

    user_id = models.UUIDField(unique=True)
    mail = SealedTextField()
    by_mail = models.BooleanField(default=False)
    by_sms = models.BooleanField(default=False)
    by_robot = models.BooleanField(default=False)


class AddressUse(Record):
    """A sealed phone or mail address was opened: for which message, whose, by which channel."""

    sending_id = models.UUIDField(unique=True)
    channel = models.CharField(max_length=8)
    receiver = models.CharField(max_length=120)
    occasion = models.CharField(max_length=40)
    about_type = models.CharField(max_length=40)
    about_id = models.UUIDField()


class Fault(Record):
    """A channel that could not deliver; open until the system administrator has dealt with it."""

    channel = models.CharField(max_length=8)
    error = models.CharField(max_length=300)
    since_at = models.DateTimeField()
    remedy = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("channel",), condition=Q(state="open"), name="one_open_fault_a_channel"
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.since_at:%Y-%m-%d}"
