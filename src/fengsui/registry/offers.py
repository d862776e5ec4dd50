"""Rows that the register's forms offer."""

from collections.abc import Mapping, Sequence
from typing import Any

from fengsui.platform.accounts.queries import living_posts
from fengsui.platform.questions import Choice
from fengsui.platform.records import Record
from fengsui.platform.regions.queries import below
from fengsui.platform.who import REGISTRARS, TITLES, PostKind, Who
from fengsui.registry.models import Premises


def regions(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """Townships, subdistricts, villages and communities inside the reach of a post."""
    return [Choice(region.code, region.name) for region in below(who.region)]


def registrars(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """Who keeps the register in the brigade that supervises a premises."""
    if not isinstance(record, Premises):
        return []
    return [
        Choice(str(post.id), post.user.name, str(TITLES[PostKind(post.kind)]))
        for post in living_posts(record.brigade_id)
        if post.kind in REGISTRARS
    ]
