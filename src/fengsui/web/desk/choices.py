"""What can be chosen in the form of an action: people, places, items."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from fengsui.platform.accounts.queries import officers_of
from fengsui.platform.actions import Action
from fengsui.platform.fields import Sealed
from fengsui.platform.records import Record
from fengsui.platform.regions.queries import below
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who
from fengsui.registry.models import Premises
from fengsui.registry.queries import premises_page
from fengsui.supervision import queries
from fengsui.supervision.models import Hazard, Inspection
from fengsui.web.ui.fields import Choice


def choices_for(
    declared: Action[Any], record: Record | None, who: Who, values: Mapping[str, Any]
) -> dict[str, Sequence[Choice]]:
    """Choices by field name, for fields whose answers are rows."""
    today = local_day(timezone.now())
    offered: dict[str, Sequence[Choice]] = {}
    names = declared.form.model_fields
    if "lead" in names or "second" in names:
        officers = officers_of(_brigade(who, values), today)
        named = [Choice(str(post.id), post.user.name) for post in officers]
        offered["lead"] = named
        offered["second"] = [
            choice for choice in named if "lead" in names or choice.value != str(who.post_id)
        ]
    if "premises" in names:
        place = _premises(who, values)
        offered["premises"] = [Choice(str(place.id), place.name, place.address)] if place else []
    if "hazard" in names:
        offered["hazard"] = _hazard(who, values)
    if "region" in names:
        offered["region"] = [Choice(region.code, region.name) for region in below(who.region)]
    if isinstance(record, Inspection) and "code" in names:
        items = queries.checklist(local_day(record.arrived_at or timezone.now()), record.region)
        offered["code"] = [Choice(item.code, f"{item.code} {item.title}") for item in items]
    if isinstance(record, Inspection) and "finding" in names:
        offered["finding"] = [
            Choice(str(f.id), f"{f.place}：{f.text}") for f in queries.findings_of(record)
        ]
    return offered


def _id(values: Mapping[str, Any], name: str) -> UUID | None:
    try:
        return UUID(str(values.get(name, "")))
    except ValueError:
        return None


def _premises(who: Who, values: Mapping[str, Any]) -> Premises | None:
    wanted = _id(values, "premises")
    return premises_page(who, wanted) if wanted else None


def _brigade(who: Who, values: Mapping[str, Any]) -> UUID:
    place = _premises(who, values)
    return place.brigade_id if place else who.organisation_id or UUID(int=0)


def _hazard(who: Who, values: Mapping[str, Any]) -> list[Choice]:
    wanted = _id(values, "hazard")
    found = queries.hazard_page(who, wanted) if wanted else None
    return [Choice(str(found.id), found.title, found.premises.name)] if found else []


def initial_for(declared: Action[Any], record: Record | None, address: QueryDict) -> dict[str, Any]:
    """What a form starts with: the address, then the record's own values where it amends them."""
    values: dict[str, Any] = address.dict()
    if isinstance(record, Premises) and declared.name == "amend_premises":
        for name in declared.form.model_fields:
            value = getattr(record, name)
            values[name] = "" if isinstance(value, Sealed) else value
    if isinstance(record, Hazard) and declared.name == "order_rectification":
        values["days"] = record.term_days
    if declared.name == "plan_inspection":
        values.setdefault("planned_on", timezone.localdate().isoformat())
    return values
