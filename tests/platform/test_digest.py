"""The digest of a row outlives the columns that later versions add to its table."""

from uuid import UUID

import pytest
from django.db import models
from django.test.utils import isolate_apps

from fengsui.platform.fields import SealedTextField
from fengsui.platform.records import Record, digest, fresh
from tests import make


def pair(**later):
    """A row as the version before kept it, and the same row under a model with more columns."""
    with isolate_apps("tests"):

        class Earlier(Record):
            name = models.CharField(max_length=20)

            class Meta:
                app_label = "tests"

        class Later(Record):
            name = models.CharField(max_length=20)
            rooms = models.IntegerField(null=True)
            key = models.CharField(max_length=20, blank=True)
            because = models.JSONField(default=list)
            asked = models.BooleanField(default=False)
            phone = SealedTextField(blank=True, default="")

            class Meta:
                app_label = "tests"

        same = {
            "id": UUID(int=1), "salt": b"s" * 16, "entry_id": UUID(int=2), "version": 3,
            "state": "open", "moved_at": make.NOON, "name": "云岭",
        }  # fmt: skip
        return Earlier(**same), Later(**same, **later)


def test_a_column_that_came_later_and_holds_nothing_changes_no_digest():
    earlier, later = pair()

    assert digest(later) == digest(earlier)


def test_whatever_is_put_into_it_changes_the_digest():
    said: list[dict[str, object]] = [
        {"rooms": 0},
        {"rooms": 7},
        {"key": "x"},
        {"because": [1]},
        {"asked": True},
    ]

    digests = {digest(pair(**values)[1]) for values in (dict[str, object](), *said)}

    assert len(digests) == len(said) + 1


def test_a_fresh_row_is_what_the_constructor_makes():
    _, later = pair(rooms=7, phone="13800000027")
    values = {column.attname: getattr(later, column.attname) for column in later._meta.fields}

    made = fresh(type(later), **values)
    bare = fresh(type(later), name="云岭")

    assert (digest(made), made.phone) == (digest(later), "13800000027")
    assert (bare.name, bare.rooms, bare.because, bare.version) == ("云岭", None, [], 1)
    assert bare.id != fresh(type(later)).id


def test_a_fresh_row_takes_no_value_that_has_no_column():
    with pytest.raises(TypeError, match="stars"):
        fresh(type(pair()[1]), name="云岭", stars=5)
