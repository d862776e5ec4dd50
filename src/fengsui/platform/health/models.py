from django.db import models


class Beat(models.Model):
    """The last sign of life of a process. No record: nobody decides anything by it."""

    process = models.CharField(primary_key=True, max_length=80)
    at = models.DateTimeField()
    # The last time wall clock and steady clock disagreed, and by how much.
    jumped_at = models.DateTimeField(null=True)
    jump_seconds = models.FloatField(default=0)
