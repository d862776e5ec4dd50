"""Rows that the forms about people offer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fengsui.platform.accounts.models import Post
from fengsui.platform.accounts.queries import organisations_offered, possible_deputies
from fengsui.platform.questions import Choice
from fengsui.platform.records import Record
from fengsui.platform.who import REGISTRARS, TITLES, PostKind, Who

# What officers of a region appoint to; all else is the security administrator's.
_BY_REGISTRARS = frozenset({PostKind.PREMISES_MANAGER, PostKind.GRID_WORKER})
_NOBODY = frozenset({PostKind.PUBLIC, PostKind.DEVICE, PostKind.CLOCK})


def may_appoint(appointer: PostKind, kind: PostKind) -> bool:
    """Officers appoint managers of units and grid workers; all else is the security administrator's."""
    if kind in _NOBODY:
        return False
    if appointer in REGISTRARS:
        return kind in _BY_REGISTRARS
    return appointer in (PostKind.SECURITY_ADMIN, PostKind.CLOCK)


def colleagues(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """Who may stand in for the holder of a post."""
    if not isinstance(record, Post):
        return []
    return [
        Choice(post.user.username, post.user.name, str(TITLES[PostKind(post.kind)]))
        for post in possible_deputies(record)
    ]


def organisations(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The organisation that the form began with, else those of the region that are no units."""
    return [Choice(str(found.id), found.name) for found in organisations_offered(who, _id(said))]


def kinds(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The posts that `who` may appoint to."""
    return [Choice(kind.value, str(TITLES[kind])) for kind in TITLES if may_appoint(who.kind, kind)]


def _id(said: Mapping[str, Any]) -> UUID | None:
    try:
        return UUID(str(said.get("organisation", "")))
    except ValueError:
        return None
