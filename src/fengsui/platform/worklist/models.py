from django.db import models
from django.db.models import Q

from fengsui.platform.records import Record

# What is to be done still. Without a parameter, so that SQLite too sees that the partial indexes serve.
LIVES = Q(closed_at=None)


class Task(Record):
    """One thing to do by a moment, for a post or for all posts of a kind in an organisation.

    The deadline's inputs stand beside its result, so that loading a calendar can count it anew.
    `starts_with` is the task whose due moment starts this one.
    """

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    subject = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)
    about_type = models.CharField(max_length=40)
    about_id = models.UUIDField()
    organisation_id = models.UUIDField()
    post_kind = models.CharField(max_length=24, blank=True)
    holder = models.UUIDField(null=True)

    rule = models.CharField(max_length=24)
    start_at = models.DateTimeField()
    n = models.PositiveIntegerField(null=True)
    extensions = models.JSONField(default=list)
    due_at = models.DateTimeField()
    calendar = models.CharField(max_length=200)
    provisional = models.BooleanField(default=False)
    starts_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="started")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("organisation_id", "post_kind", "due_at", "id"),
                condition=LIVES,
                name="task_of_organisation",
            ),
            models.Index(
                fields=("holder", "due_at", "id"),
                condition=LIVES,
                name="task_of_holder",
            ),
            models.Index(fields=("state", "due_at"), condition=LIVES, name="task_becoming_late"),
            models.Index(fields=("about_id", "kind")),
            models.Index(
                fields=("due_at",),
                condition=Q(LIVES, provisional=True),
                name="task_provisional",
            ),
        )

    def __str__(self) -> str:
        return self.title
