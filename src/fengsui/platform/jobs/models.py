from django.db import models
from django.db.models import Q

from fengsui.platform.records import Record


class Job(Record):
    """Long work asked for by a person in a post: what it is about, how it stands, what came of it."""

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    post_id = models.UUIDField()
    user_id = models.UUIDField()
    by_name = models.CharField(max_length=60)
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    result_name = models.CharField(max_length=120, blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (models.Index(fields=("post_id", "id")),)

    def __str__(self) -> str:
        return self.title


class Run(models.Model):
    """How far a job is. Not part of the record: it changes at every step, by compare-and-swap.

    `due_at` is when the next step may be taken: the end of a lease while somebody is at it, None
    while nothing is to be done. `serial` counts the steps that were kept.
    """

    job = models.OneToOneField(Job, models.PROTECT, primary_key=True, related_name="run")
    serial = models.PositiveIntegerField(default=0)
    checkpoint = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=120, blank=True)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    sweep_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("due_at",), condition=Q(due_at__isnull=False), name="run_due"),
            models.Index(
                fields=("sweep_at",), condition=Q(sweep_at__isnull=False), name="run_to_sweep"
            ),
        )
