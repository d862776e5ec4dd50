"""What belongs to a visit or a hazard beside its own fields, as plain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.utils import timezone

from fengsui.platform.files.queries import attached_to
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who
from fengsui.registry.models import Premises
from fengsui.supervision import queries
from fengsui.supervision.lifecycle import KIND_TITLES, RESULT_TITLES, InspectionKind, Result
from fengsui.supervision.models import Finding, Hazard, Inspection


def of_inspection(record: Inspection, who: Who) -> Mapping[str, object]:
    """The checklist with answers and the results of the visit before, the findings, the hazards."""
    spot = record.kind == InspectionKind.SPOT_CHECK
    return {
        "place": _place(record.premises),
        "officers": [record.lead.user.name, record.second.user.name],
        "kind_title": KIND_TITLES[InspectionKind(record.kind)],
        "checklist": _checklist(record) if spot else [],
        "answers": queries.answers_of(record),
        "last_results": {
            code: {"result": result, "title": RESULT_TITLES[Result(result)], "on": day}
            for code, (result, day) in queries.last_results(record).items()
        },
        "result_titles": {result.value: title for result, title in RESULT_TITLES.items()},
        "findings": _findings(queries.findings_of(record), record.id),
        "hazards": [
            {"id": hazard.id, "number": hazard.number, "title": hazard.title, "state": hazard.state}
            for hazard in queries.hazards_of(record)
        ],
    }


def of_hazard(record: Hazard, who: Who) -> Mapping[str, object]:
    """Its findings with photos, what the premises showed, what the head decided."""
    return {
        "disposal_title": record.disposal_title,
        "findings": _findings(queries.hazard_findings(record), record.inspection_id),
        "evidence": [
            {"id": note.id, "at": note.at, "by_name": note.by_name, "text": note.text}
            for note in queries.evidence_on(record)
        ],
        "instructions": [
            {
                "id": note.id,
                "at": note.at,
                "by_name": note.by_name,
                "measure": note.measure,
                "text": note.text,
            }
            for note in queries.instructions_on(record)
        ],
    }


def _place(premises: Premises) -> dict[str, object]:
    return {
        "address": premises.address,
        "class_title": premises.class_title,
        "latitude": premises.latitude,
        "longitude": premises.longitude,
    }


def _checklist(record: Inspection) -> list[dict[str, object]]:
    on: datetime = record.arrived_at or timezone.now()
    return [
        {
            "code": item.code,
            "title": item.title,
            "text": item.text,
            "basis": [
                {"cite": basis.cite, "url": f"/law/{quote(basis.cite)}"} for basis in item.basis
            ],
            "tag": item.tag,
        }
        for item in queries.checklist(local_day(on), record.region)
    ]


def _findings(findings: Iterable[Finding], about: UUID) -> list[dict[str, object]]:
    photos = defaultdict(list)
    for hung in attached_to(about):
        photos[hung.part].append({"id": hung.file_id, "href": f"/api/v1/files/{hung.file_id}"})
    return [
        {
            "id": finding.id,
            "code": finding.code,
            "place": finding.place,
            "text": finding.text,
            "basis": finding.basis,
            "cause": finding.cause,
            "disposal": finding.disposal,
            "disposal_title": finding.disposal_title,
            "term_days": finding.term_days,
            "corrected": finding.corrected,
            "at": finding.at,
            "by_name": finding.by_name,
            "photos": photos[finding.id],
        }
        for finding in findings
    ]
