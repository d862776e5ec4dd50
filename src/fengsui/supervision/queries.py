"""Named reads of visits and hazards, with what a screen or an action needs of them."""

from datetime import date
from uuid import UUID

from fengsui.kernel.rulebook import ChecklistItem
from fengsui.platform import rules
from fengsui.platform.who import Who
from fengsui.supervision.access import hazards_for, inspections_for
from fengsui.supervision.models import Finding, Hazard, Inspection
from fengsui.supervision.rules import Found

CORE = "CHECKLIST-CORE"
# Items C17–C20 concern what a unit keeps on file; the field visit asks the first sixteen.
FIELD_ITEMS = 16


def checklist(on: date, region: str = "") -> list[ChecklistItem]:
    """The items of a spot check by the version in force on that day."""
    items = rules.rulebook().checklist_rule(CORE, on, region).items
    return list(items[:FIELD_ITEMS])


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
