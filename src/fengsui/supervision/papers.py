"""What the records say, as the data of the statutory forms."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from fengsui.kernel import statutes
from fengsui.platform import rules
from fengsui.platform.accounts.queries import certified
from fengsui.platform.documents.queries import document_of
from fengsui.platform.files.queries import count_of
from fengsui.registry.lifecycle import CLASS_TITLES, DECIDED
from fengsui.registry.models import Premises
from fengsui.supervision.lifecycle import (
    INSPECTION_FORMS,
    PAPER,
    RESULT_TITLES,
    Disposal,
    InspectionKind,
    Result,
)
from fengsui.supervision.models import Finding, Hazard, Inspection
from fengsui.supervision.queries import answers_of, checklist, findings_of, hazard_findings


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_time(moment: datetime) -> str:
    local = moment.astimezone(rules.CHINA)
    return f"{chinese_date(local.date())}{local.hour}时{local.minute:02d}分"


def inspection_record(inspection: Inspection, at: datetime) -> dict[str, Any]:
    """The data of 消防监督检查记录."""
    ended = inspection.ended_at or at
    return {
        **_common(inspection, inspection.premises, at),
        "kind": inspection.kind_title,
        "kinds": INSPECTION_FORMS,
        "classes": [CLASS_TITLES[one] for one in DECIDED],
        "started_at": chinese_time(inspection.arrived_at or ended),
        "ended_at": chinese_time(ended),
        "accompanied_by": inspection.accompanied_by,
        "items": _items(inspection, ended),
        "findings": _found(findings_of(inspection)),
        "remarks": _seen(inspection),
        "opinion": inspection.opinion,
        "signature": inspection.signature,
        "witness": inspection.witness,
    }


def order(hazard: Hazard, at: datetime, terms: Mapping[str, Any]) -> dict[str, Any]:
    """The data of an order; `terms` are the fields the order sets on the hazard."""
    inspection = hazard.inspection
    shared = {
        **_common(inspection, hazard.premises, at),
        "inspected_at": chinese_time(hazard.found_at),
        "findings": _found(hazard_findings(hazard)),
        "measures": terms["measures"],
        "remedies": remedies(rules.local_day(at)),
    }
    if hazard.disposal == Disposal.IMMEDIATE:
        return shared
    return shared | {
        "due_on": chinese_date(terms["due_on"]),
        "provisional": terms["provisional"],
        "term_days": terms["term_days"],
        "reason": terms["reason"],
    }


def remedies(on: date) -> str:
    """Review and litigation with their terms, from the rulebook (P-REV, P-SUIT)."""
    review = rules.rulebook().deadline_rule("P-REV", on)
    suit = rules.rulebook().deadline_rule("P-SUIT", on)
    return (
        f"对本通知书不服的，可以自知道之日起 {review.n} 日内依法申请行政复议，"
        f"或者在 {suit.n} 个月内依法提起行政诉讼。"
    )


def _common(inspection: Inspection, premises: Premises, at: datetime) -> dict[str, Any]:
    agency = inspection.brigade
    day = rules.local_day(at)
    return {
        "inspection": inspection.number,
        "photos": count_of(inspection.id),
        "agency": {"name": agency.name, "address": agency.address, "phone": agency.phone},
        "party": _party(premises),
        "officers": [
            {"name": officer.post.user.name, "certificate": officer.certificate}
            for officer in certified((inspection.lead_id, inspection.second_id), day)
        ],
        "issued_on": chinese_date(day),
    }


def _party(premises: Premises) -> dict[str, str]:
    """Who is inspected. A telephone number stands on paper as its mask: the PDF is kept in clear."""
    nature = "公众聚集场所" if premises.public_assembly else ""
    return {
        "name": premises.name,
        "address": premises.address,
        "credit_code": premises.credit_code,
        "responsible": premises.responsible_name,
        "manager": premises.manager_name,
        "phone": str(premises.responsible_phone or premises.manager_phone),
        "class": premises.class_title,
        "nature": nature or ("人员密集场所" if premises.crowded else ""),
        "area": f"{premises.area_m2}㎡" if premises.area_m2 else "",
        "floors": f"{premises.floors}层" if premises.floors else "",
        "usage": premises.usage,
    }


def _items(inspection: Inspection, at: datetime) -> list[dict[str, str]]:
    if inspection.kind == InspectionKind.REINSPECTION:
        return []
    answers = answers_of(inspection)
    return [
        {
            "code": item.code,
            "text": item.text,
            "result": RESULT_TITLES[Result(answers[item.code])],
        }
        for item in checklist(rules.local_day(at), inspection.region)
        if item.code in answers
    ]


def _found(findings: Iterable[Finding]) -> list[dict[str, str]]:
    return [
        {
            "place": finding.place,
            "text": finding.text,
            "basis": statutes.formal(finding.basis),
            "disposal": _disposed(finding),
        }
        for finding in findings
    ]


def _disposed(finding: Finding) -> str:
    """T-19c: what was minor and corrected on the spot is an oral order, noted in the record."""
    if finding.disposal != Disposal.CORRECTED:
        return finding.disposal_title
    seen = f"（{finding.corrected}）" if finding.corrected else ""
    return f"口头责令改正，已当场改正完毕{seen}，依法可以不予处罚"


def _seen(inspection: Inspection) -> str:
    if inspection.kind != InspectionKind.REINSPECTION or inspection.hazard is None:
        return ""
    order = document_of(inspection.hazard.id, PAPER[Disposal(inspection.hazard.disposal)])
    verdict = "已改正" if inspection.passed else "未改正"
    return (
        f"对《{order.title}》（{order.number}）责令改正的“{inspection.hazard.title}”"
        f"进行复查：{verdict}。{inspection.remarks}"
    )
