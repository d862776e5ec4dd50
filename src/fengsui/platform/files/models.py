from django.db import models

from fengsui.kernel.ids import new_id
from fengsui.platform.records import Fact


class StoredFile(models.Model):
    """An upload as it came. Its bytes lie under their own hash; attaching makes it evidence."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    by_post = models.UUIDField(null=True)
    by_name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    name = models.CharField(max_length=160)


class Attachment(Fact):
    """A file as part of a record, of one of its findings for instance (`part`)."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    sha256 = models.CharField(max_length=64)
    about_type = models.CharField(max_length=40)
    about_id = models.UUIDField(db_index=True)
    part = models.UUIDField(null=True, db_index=True)
    taken_at = models.DateTimeField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
