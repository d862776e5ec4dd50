from django.db import models

from fengsui.platform.records import Record


class Intake(Record):
    """Rows that go in over many transactions and count together: while it is open, nobody sees them."""

    kind = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=("state",)),)

    def __str__(self) -> str:
        return self.kind
