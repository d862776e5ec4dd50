"""Rows that the forms of the loop offer: officers, the place, the hazard, items, findings."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from fengsui.platform.accounts.queries import officers_of
from fengsui.platform.questions import Choice
from fengsui.platform.records import Record
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who
from fengsui.registry.models import Premises
from fengsui.registry.queries import premises_page
from fengsui.supervision import queries
from fengsui.supervision.models import Hazard, Inspection


def _id(said: Mapping[str, Any], name: str) -> UUID | None:
    try:
        return UUID(str(said.get(name, "")))
    except ValueError:
        return None


def _place(who: Who, record: Record | None, said: Mapping[str, Any]) -> Premises | None:
    if isinstance(record, Premises):
        return record
    wanted = _id(said, "premises")
    return premises_page(who, wanted) if wanted else None


def _found(who: Who, record: Record | None, said: Mapping[str, Any]) -> Hazard | None:
    if isinstance(record, Hazard):
        return record
    wanted = _id(said, "hazard")
    return queries.hazard_page(who, wanted) if wanted else None


def place(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The one premises that the form is about."""
    found = _place(who, record, said)
    return [Choice(str(found.id), found.name, found.address)] if found else []


def hazard(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The one hazard that the form is about."""
    found = _found(who, record, said)
    return [Choice(str(found.id), found.title, found.premises.name)] if found else []


def officers(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """Certified officers of the brigade concerned."""
    about = _place(who, record, said) or _found(who, record, said)
    brigade = about.brigade_id if about else who.organisation_id
    posts = officers_of(brigade, local_day(timezone.now())) if brigade else []
    return [Choice(str(post.id), post.user.name) for post in posts]


def other_officers(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The same without whoever asks: the caller leads."""
    return [choice for choice in officers(who, record, said) if choice.value != str(who.post_id)]


def items(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The checklist of a visit."""
    if not isinstance(record, Inspection):
        return []
    asked = queries.checklist(local_day(record.arrived_at or timezone.now()), record.region)
    return [Choice(item.code, f"{item.code} {item.title}") for item in asked]


def findings(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """Findings of a visit that stand."""
    if not isinstance(record, Inspection):
        return []
    return [Choice(str(f.id), f"{f.place}：{f.text}") for f in queries.findings_of(record)]
