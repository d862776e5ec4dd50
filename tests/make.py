"""Builders: one row each, every default visible. What matters is an argument in the test."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from fengsui.kernel.ids import new_id
from fengsui.platform.accounts.models import Certificate, Organisation, Post, User
from fengsui.platform.accounts.queries import who_of
from fengsui.platform.calls import Call, Way
from fengsui.platform.who import CLOCK, PostKind, Who

CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, tzinfo=CHINA)
_numbers: Iterator[int] = count(1)


def number() -> int:
    return next(_numbers)


def _record(**fields):
    return {
        "state": fields.pop("state"),
        "moved_at": NOON - timedelta(days=1),
        "entry_id": new_id(),
        **fields,
    }


def organisation(**over):
    n = number()
    fields = {
        "name": f"第{n}大队",
        "kind": "brigade",
        "region": "150502000000",
        "word": "科区",
        "state": "active",
    }
    return Organisation.objects.create(**_record(**(fields | over)))


def user(**over):
    n = number()
    return User.objects.create(**({"username": f"user{n}", "name": f"用户{n}"} | over))


def post(kind=PostKind.SUPERVISOR, **over):
    place = over.pop("organisation", None) or organisation()
    fields = {
        "user": over.pop("user", None) or user(),
        "organisation": place,
        "kind": kind,
        "region": place.region,
        "since_on": date(2026, 1, 1),
        "state": "held",
    }
    return Post.objects.create(**_record(**(fields | over)))


def who(kind=PostKind.SUPERVISOR, **over) -> Who:
    return who_of(post(kind, **over))


def certificate(user, **over):
    fields = {
        "user": user,
        "number": f"ZF-{number()}",
        "issued_on": date(2020, 1, 1),
        "valid_until": date(2030, 1, 1),
        "state": "valid",
    }
    return Certificate.objects.create(**_record(**(fields | over)))


def call(who: Who = CLOCK, **over) -> Call:
    fields = {
        "who": who,
        "way": Way.DESK,
        "key": f"key-{number()}",
        "at": NOON,
        "received_at": NOON,
    }
    return Call(**(fields | over))
