"""Rows that the register's forms offer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.accounts.queries import living_posts
from fengsui.platform.questions import Choice
from fengsui.platform.records import Record
from fengsui.platform.regions.queries import below
from fengsui.platform.who import REGISTRARS, TITLES, PostKind, Who
from fengsui.registry.access import buildings_for, premises_for
from fengsui.registry.classing import standards
from fengsui.registry.lifecycle import BuildingState, State
from fengsui.registry.models import Building, Premises
from fengsui.registry.queries import duplicates_of
from fengsui.registry.rules import asked_of

_MOST = 200
_ALWAYS_ASKED = ("area_m2",)


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


def kinds(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The kinds of place that the rulebook knows today, each with the facts that its class hangs on."""
    today = timezone.localdate()
    rule = rules.rulebook().kinds_rule("PREMISES-KINDS", today, who.region)
    try:
        current = standards(today, who.region)
    except Refusal:  # no thresholds are known for this part of the country: all facts are asked
        return [Choice(kind.name, kind.name) for kind in rule.kinds]
    return [
        Choice(
            kind.name,
            kind.name,
            asks=tuple(fact for fact in asked_of(kind, current) if fact not in _ALWAYS_ASKED),
        )
        for kind in rule.kinds
    ]


def grades(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The grades of danger, each with the visits that it means."""
    visits = rules.table("HAZARD-GRADES", timezone.localdate(), who.region)
    return [Choice(grade, grade, f"每年计划检查 {times} 次") for grade, times in visits.items()]


def same_place(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """Entries that look like this one, to be made one with it."""
    if not isinstance(record, Premises):
        return []
    found = duplicates_of(who, record, record)
    return [Choice(str(row.id), row.name, row.address) for row in found]


def buildings(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """Buildings in the division of the premises."""
    rows = buildings_for(who).filter(state=BuildingState.STANDING)
    if isinstance(record, Premises):
        rows = rows.filter(region=record.region)
    return [Choice(str(row.id), row.name, row.address) for row in rows.order_by("name")[:_MOST]]


def in_the_building(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The premises that share a building."""
    if not isinstance(record, Building):
        return []
    rows = premises_for(who).filter(building=record, state=State.REGISTERED)
    return [Choice(str(row.id), row.name, row.building_part) for row in rows[:_MOST]]


def own_premises(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The registered premises of a manager's unit."""
    rows = premises_for(who).filter(state=State.REGISTERED).order_by("name")
    return [Choice(str(row.id), row.name, row.address) for row in rows[:_MOST]]


def one_premises(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The premises that the form began with."""
    rows = premises_for(who).filter(pk__in=[said["premises"]] if said.get("premises") else [])
    return [Choice(str(row.id), row.name, row.address) for row in rows]
