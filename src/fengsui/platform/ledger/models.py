from django.db import models


class KeyUse(models.Model):
    """An idempotency key and the entry its call left. Inserted first: a second call waits here.

    A caller's key has up to 160 characters; the rest is room for the calls inside it ("/1/2").
    """

    caller = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    request = models.BinaryField(max_length=32)
    entry_id = models.UUIDField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("caller", "key"), name="one_use_of_a_key"),)


class Entry(models.Model):
    """One action as canonical JSON under a MAC. Never updated; columns beside `body` are indexes."""

    id = models.UUIDField(primary_key=True, editable=False)
    what = models.CharField(max_length=80)
    record_type = models.CharField(max_length=60, blank=True)
    record_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    body = models.TextField()
    mac = models.BinaryField(max_length=32)

    class Meta:
        indexes = (
            models.Index(fields=("record_id", "received_at")),
            models.Index(fields=("what", "received_at")),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.id}"


class EntryRow(models.Model):
    """The digest that a row (record, fact, task, document) had after an entry."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="rows")
    ordinal = models.PositiveIntegerField()
    row_type = models.CharField(max_length=60)
    row_id = models.UUIDField()
    version = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("row_id", "version", "row_type"), name="one_digest_of_a_version"
            ),
        )


class Pending(models.Model):
    """An entry that has no leaf yet. Its own number keeps the order of each record's entries."""

    id = models.BigAutoField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT)


class Log(models.Model):
    """One tree. A restore starts the next, whose first leaf names the last head of the one before."""

    number = models.PositiveIntegerField(primary_key=True)
    opened_at = models.DateTimeField()
    reason = models.CharField(max_length=200)


class Leaf(models.Model):
    """The place an entry has in its log."""

    log = models.ForeignKey(Log, models.PROTECT)
    index = models.BigIntegerField()
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("log", "index"), name="one_leaf_a_place"),)


class Node(models.Model):
    """The hash of a complete subtree; level 0 are leaf hashes."""

    log = models.ForeignKey(Log, models.PROTECT)
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("log", "level", "index"), name="one_hash_a_node"),
        )


class Head(models.Model):
    """A signed root: what anybody can hold against us later."""

    log = models.ForeignKey(Log, models.PROTECT)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    signed = models.TextField()
    signature = models.BinaryField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("log", "size"), name="one_head_a_size"),)


class Delivery(models.Model):
    """News of one entry for one handler: leased, tried, done."""

    entry = models.ForeignKey(Entry, models.PROTECT)
    handler = models.CharField(max_length=120)
    subject = models.UUIDField(null=True)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("entry", "handler"), name="one_delivery_a_handler"),
        )
        indexes = (
            models.Index(
                fields=("due_at", "id"), condition=models.Q(done_at=None), name="delivery_waiting"
            ),
            models.Index(
                fields=("subject", "id"), condition=models.Q(done_at=None), name="delivery_in_order"
            ),
        )
