from django.db import models


class Change(models.Model):
    """One more or one less, written with the record that changed. Never updated: nobody waits here."""

    kind = models.CharField(max_length=40)
    region = models.CharField(max_length=12)
    facet = models.CharField(max_length=40)
    state = models.CharField(max_length=24)
    step = models.SmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=("kind", "region")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.region} {self.step:+d}"


class Count(models.Model):
    """How many there were, changes since then left out; a row for each region on the way up."""

    kind = models.CharField(max_length=40)
    region = models.CharField(max_length=12)
    facet = models.CharField(max_length=40)
    state = models.CharField(max_length=24)
    number = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "region", "facet", "state"), name="one_count_of_a_key"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.region} {self.number}"
