from django.db import models


class Entry(models.Model):
    """The tokens of one record, parted by blanks. The database indexes them (see migrations).

    Derived from the record and nothing else: no record itself, and rebuilt at will. The newest
    entry has the greatest id.
    """

    kind = models.CharField(max_length=40)
    record_id = models.UUIDField(unique=True)
    tokens = models.TextField()

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class Rebuilt(models.Model):
    """How far the rebuilding of one kind has come."""

    kind = models.CharField(primary_key=True, max_length=40)
    after = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.kind
