"""Named reads of visits and hazards, with what a screen or an action needs of them."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import ChecklistItem
from fengsui.platform import rules
from fengsui.platform.documents.models import Document
from fengsui.platform.documents.queries import newest_about
from fengsui.platform.regions.models import region_asked
from fengsui.platform.search.queries import NARROWED, listed
from fengsui.platform.who import Who
from fengsui.registry.models import Premises
from fengsui.registry.queries import whole
from fengsui.supervision.access import hazards_for, inspections_for
from fengsui.supervision.lifecycle import InspectionState
from fengsui.supervision.models import Evidence, Finding, Hazard, Inspection, Instruction
from fengsui.supervision.rules import Found

CORE = "CHECKLIST-CORE"
SPOT_CHECK = "CHECKLIST-SPOT-CHECK"
OPEN_VISIT = (InspectionState.PLANNED, InspectionState.UNDERWAY, InspectionState.CONCLUDED)


def checklist(on: date, region: str = "") -> list[ChecklistItem]:
    """The items that a spot check asks, by the versions in force on that day, in their order.

    Refuses `rule-shape` when the rule names an item that the checklist does not have.
    """
    known = {item.code: item for item in rules.rulebook().checklist_rule(CORE, on, region).items}
    asked = rules.words(SPOT_CHECK, on, region)
    if unknown := [code for code in asked if code not in known]:
        raise Refusal("rule-shape", rule=SPOT_CHECK, wanted="、".join(unknown))
    return [known[code] for code in asked]


def checklist_item(code: str, on: date, region: str = "") -> ChecklistItem | None:
    return next((item for item in checklist(on, region) if item.code == code), None)


def answers_of(inspection: Inspection) -> dict[str, str]:
    """The newest result of each answered item."""
    said = inspection.answers.order_by("at", "id").values_list("code", "result")
    return dict(said)


def findings_of(inspection: Inspection) -> list[Finding]:
    """Findings that stand: not taken back, in the order they were made."""
    return list(inspection.findings.filter(withdrawal=None).order_by("at", "id"))


def found_of(findings: list[Finding]) -> list[Found]:
    return [Found(str(f.id), f.text, f.place, f.disposal, f.term_days) for f in findings]


def is_reinspected_now(hazard: Hazard) -> bool:
    """Is a second visit to this hazard planned, underway or waiting to be confirmed?"""
    return hazard.reinspections.filter(state__in=OPEN_VISIT).exists()


def hazard_findings(hazard: Hazard) -> list[Finding]:
    return list(Finding.objects.filter(id__in=hazard.findings).order_by("at", "id"))


def last_results(inspection: Inspection) -> dict[str, tuple[str, date]]:
    """What each item was at the premises' visit before: code → (result, day)."""
    before = (
        Inspection.objects.filter(premises=inspection.premises_id, state="confirmed")
        .exclude(id=inspection.id)
        .order_by("-ended_at")
        .first()
    )
    if before is None or before.ended_at is None:
        return {}
    day = rules.local_day(before.ended_at)
    return {code: (result, day) for code, result in answers_of(before).items()}


def inspection_page(who: Who, inspection_id: UUID) -> Inspection | None:
    """One visit with all its page shows."""
    related = ("premises", "brigade", "lead__user", "second__user", "hazard")
    return inspections_for(who).select_related(*related).filter(pk=inspection_id).first()


def hazard_page(who: Who, hazard_id: UUID) -> Hazard | None:
    """One hazard with all its page shows."""
    related = ("premises", "brigade", "inspection__lead__user", "inspection__second__user")
    return hazards_for(who).select_related(*related).filter(pk=hazard_id).first()


PAGE_SIZE = 50


def _day(column: str) -> Callable[[str], Q | None]:
    """A condition on a day of the address; nonsense asks nothing."""

    def asked(value: str) -> Q | None:
        try:
            return Q(**{column: date.fromisoformat(value)})
        except ValueError:
            return None

    return asked


def _officer(value: str) -> Q | None:
    """Visits of one officer, as lead or second."""
    try:
        post = UUID(value)
    except ValueError:
        return None
    return Q(lead=post) | Q(second=post)


_COMMON: Mapping[str, Callable[[str], Q | None]] = {
    "region": region_asked,
    "state": lambda value: Q(state=value),
}
INSPECTION_CONDITIONS = {
    **_COMMON,
    "kind": lambda value: Q(kind=value),
    "officer": _officer,
    "from": _day("planned_on__gte"),
    "to": _day("planned_on__lte"),
}
HAZARD_CONDITIONS = {
    **_COMMON,
    "disposal": lambda value: Q(disposal=value),
    "from": _day("due_on__gte"),
    "to": _day("due_on__lte"),
}
HAZARDS_SORTABLE = ("due_on",)


def inspections_listed(
    who: Who, said: Mapping[str, str], most: int = NARROWED
) -> QuerySet[Inspection]:
    """Visits as a post sees them, under what the list's address says."""
    rows = inspections_for(who).select_related("premises", "lead__user", "second__user")
    return listed(rows, who, said, INSPECTION_CONDITIONS, most)


def hazards_listed(who: Who, said: Mapping[str, str], most: int = NARROWED) -> QuerySet[Hazard]:
    """Hazards as a post sees them, under what the list's address says."""
    rows = hazards_for(who).select_related("premises")
    return listed(rows, who, said, HAZARD_CONDITIONS, most)


def hazards_of(inspection: Inspection) -> list[Hazard]:
    return list(inspection.hazards.select_related("premises").order_by("id"))


def hazards_at(who: Who, premises: Premises) -> list[Hazard]:
    """The newest hazards of one premises, with those of entries merged into it."""
    rows = hazards_for(who).filter(premises_id__in=whole(premises)).select_related("premises")
    return list(rows.order_by("-id")[: PAGE_SIZE - 1])


_PAPERS_SHOWN = 12


def papers_at(who: Who, premises: Premises) -> list[Document]:
    """The newest papers of the visits to one premises and of its hazards, as far as one sees those."""
    places = whole(premises)
    visits = inspections_for(who).filter(premises_id__in=places).order_by("-id")
    hazards = hazards_for(who).filter(premises_id__in=places).order_by("-id")
    about = [
        row for rows in (visits, hazards) for row in rows.values_list("pk", flat=True)[:PAGE_SIZE]
    ]
    return newest_about(about, _PAPERS_SHOWN)


def inspections_at(who: Who, premises: Premises) -> list[Inspection]:
    """The newest visits to one premises, with those to entries merged into it."""
    rows = inspections_for(who).filter(premises_id__in=whole(premises))
    return list(
        rows.select_related("premises", "lead__user", "second__user").order_by("-id")[
            : PAGE_SIZE - 1
        ]
    )


def notes_on(hazard: Hazard) -> list[tuple[str, str, str]]:
    """Evidence and instructions as (who, when, text), newest first."""
    said: list[Evidence | Instruction] = [*hazard.evidence.all(), *hazard.instructions.all()]
    said.sort(key=lambda note: note.at, reverse=True)
    return [
        (note.by_name, note.at.astimezone(rules.CHINA).strftime("%Y-%m-%d %H:%M"), note.text)
        for note in said
    ]


def evidence_on(hazard: Hazard) -> list[Evidence]:
    """What the premises has shown, oldest first."""
    return list(hazard.evidence.order_by("at", "id"))


def instructions_on(hazard: Hazard) -> list[Instruction]:
    """What the brigade's head decided, oldest first."""
    return list(hazard.instructions.order_by("at", "id"))


def hazards_found(inspection_id: UUID) -> list[UUID]:
    """The hazards that one visit left, by id."""
    return list(
        Hazard.objects.filter(inspection=inspection_id).order_by("id").values_list("id", flat=True)
    )


def term_of(hazard_id: UUID) -> tuple[date, bool]:
    """The last day of a hazard's term, and whether it was to be put right at once."""
    hazard = Hazard.objects.get(id=hazard_id)
    return hazard.due_on or rules.local_day(hazard.found_at), hazard.term_days is None
