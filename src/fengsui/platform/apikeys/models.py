from django.db import models

from fengsui.platform.accounts.models import Post
from fengsui.platform.records import Record


class ApiKey(Record):
    """A key bound to one post. Only the SHA-256 of its secret is kept, so nobody can read it here.

    `ends_on` is the last day it works.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=32)
    ends_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("digest",), name="one_key_a_secret"),)

    def __str__(self) -> str:
        return self.name


class LastUse(models.Model):
    """The last day a key was used; no record, so that using a key is no action."""

    key = models.OneToOneField(ApiKey, models.PROTECT, related_name="last_use")
    on = models.DateField()
