"""Builders: one row each, every default visible. What matters is an argument in the test."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from fengsui.kernel.ids import new_id
from fengsui.platform.accounts.models import Certificate, Organisation, Post, User
from fengsui.platform.accounts.queries import who_of
from fengsui.platform.calls import Call, Way
from fengsui.platform.fields import keyed_hash
from fengsui.platform.regions.models import Region
from fengsui.platform.search import store as searching
from fengsui.platform.who import CLOCK, PostKind, Who
from fengsui.registry.grids.models import Assignment, Grid, Household, Naming
from fengsui.registry.models import Premises

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
    made = Post.objects.create(**_record(**(fields | over)))
    searching.keep([made])
    return made


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
    fields: dict[str, Any] = {
        "who": who,
        "way": Way.DESK,
        "key": f"key-{number()}",
        "at": NOON,
        "received_at": NOON,
    }
    return Call(**(fields | over))


def region(code="150502001000", **over):
    fields = {"name": "科尔沁街道", "kind": "街道", "level": 4, "parent": f"{code[:6]}000000"}
    return Region.objects.get_or_create(code=code, defaults=fields | over)[0]


def premises(brigade=None, **over):
    brigade = brigade or organisation()
    n = number()
    unit = over.pop("unit", None) or organisation(
        name=f"单位{n}", kind="unit", region="150502001000"
    )
    fields = {
        "name": f"云岭商务酒店{n}",
        "region": "150502001000",
        "address": "建国路 118 号",
        "unit": unit,
        "brigade": brigade,
        "kind": "宾馆",
        "rooms": 80,
        "premises_class": "key",
        "judged_class": "key",
        "public_assembly": True,
        "crowded": True,
        "responsible_name": "赵国庆",
        "responsible_phone": "13800000000",
        "state": "registered",
    }
    made = Premises.objects.create(**_record(**(fields | over)))
    searching.keep([made])
    return made


def grid(**over):
    fields = {
        "region": "150502001001",
        "place": "科尔沁街道 明仁社区",
        "number": f"G{number()}",
        "name": "明仁第一网格",
        "opened_on": date(2026, 1, 1),
        "state": "in_use",
    }
    made = Grid.objects.create(**_record(**(fields | over)))
    Naming.objects.create(
        grid=made,
        number=made.number,
        name=made.name,
        since_on=made.opened_on,
        at=NOON,
        by_name="登记人",
        entry_id=made.entry_id,
    )
    return made


def assignment(grid, post, **over):
    fields = {"grid": grid, "post": post, "from_on": date(2026, 1, 1), "state": "serving"}
    return Assignment.objects.create(**_record(**(fields | over)))


def household(grid, **over):
    """One with consent to everything; `phone_hash` follows the phone."""
    fields = {
        "grid": grid,
        "region": grid.region,
        "kinds": ["独居老人"],
        "name": "王秀兰",
        "phone": "13800000000",
        "address": "明仁小区 3 号楼 201",
        "consented_on": date(2026, 1, 2),
        "consent_giver": "self",
        "consent_manner": "written",
        "consent_health": True,
        "consent_contact": True,
        "state": "active",
    } | over
    hashed = keyed_hash(str(fields["phone"]))
    return Household.objects.create(**_record(**fields, phone_hash=hashed))


class Team:
    """A brigade with two certified officers and a head, and a premises with its manager."""

    def __init__(self) -> None:
        self.brigade = organisation()
        self.lead_post = post(organisation=self.brigade)
        self.second_post = post(organisation=self.brigade)
        self.head = who(PostKind.BRIGADE_HEAD, organisation=self.brigade)
        for officer in (self.lead_post, self.second_post):
            certificate(officer.user)
        self.lead, self.second = who_of(self.lead_post), who_of(self.second_post)
        self.premises = premises(self.brigade)
        self.manager = who(PostKind.PREMISES_MANAGER, organisation=self.premises.unit)


def password(who: Who, text: str) -> None:
    """Let the holder of a post sign in."""
    holder = User.objects.get(id__in=[who.user_id])
    holder.set_password(text)
    holder.save()


def username(who: Who) -> str:
    return User.objects.get(id__in=[who.user_id]).username
