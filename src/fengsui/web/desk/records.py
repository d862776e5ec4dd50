"""What the record pages show of one premises, visit or hazard."""

from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fengsui.platform.regions import queries as regions
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who
from fengsui.platform.worklist.queries import tasks_about
from fengsui.registry.actions import PREMISES_TYPE
from fengsui.registry.lifecycle import PREMISES
from fengsui.registry.models import Premises
from fengsui.supervision import queries
from fengsui.supervision.lifecycle import HAZARD, INSPECTION, RESULT_TITLES, Result
from fengsui.supervision.models import Finding, Hazard, Inspection
from fengsui.web.desk import lists, register
from fengsui.web.desk.generic import fact_of
from fengsui.web.desk.words import (
    due_words,
    entries,
    law_of,
    papers,
    papers_of,
    path_of,
    pictures,
    state_tag,
)
from fengsui.web.ui.shapes import Crumb, Fact, Party, TagWord

_HAZARD_WAY = ("found", "ordered", "rectifying", "reported", "closed")
_INSPECTION_WAY = ("planned", "underway", "concluded", "confirmed")


def _next(who: Who, record_id: Any) -> Party:
    """The next thing due on a record, with its article."""
    tasks = tasks_about(who, record_id)
    if not tasks:
        return Party(_("下一步期限"), _("没有待办的期限"))
    task = tasks[0]
    law = law_of(task)
    return Party(
        _("下一步期限·{what}").format(what=task.title),
        due=due_words(task),
        note_text=law.citation,
        note_url=law.url,
    )


def _moment(value: Any) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def _shared(record: Any, who: Who) -> dict[str, Any]:
    return {
        "papers": papers(record),
        "pictures": pictures(record),
        "entries": entries(record),
    }


def _responsible(premises: Premises) -> Party:
    manager = f"{premises.manager_name} {premises.manager_phone}".strip()
    note = _("管理人 {who}").format(who=manager) if manager else str(premises.responsible_phone)
    return Party(_("单位责任"), f"{premises.responsible_name}（{_('责任人')}）", note=note)


def hazard(record: Hazard, who: Who) -> dict[str, Any]:
    visit = record.inspection
    officers = f"{visit.lead.user.name}、{visit.second.user.name}"
    return {
        "title": record.title,
        "crumbs": [
            Crumb(_("监督管理")),
            Crumb(_("火灾隐患"), reverse("desk:hazards")),
            Crumb(record.number),
        ],
        "states": [state_tag(HAZARD, record.state)]
        + ([TagWord(_("暂定"), "warn")] if record.provisional else []),
        "parties": [
            _next(who, record.id),
            Party(
                _("单位改正期限"),
                record.due_on.isoformat() if record.due_on else _("尚未责令"),
                note=_("{n} 日").format(n=record.term_days)
                if record.term_days
                else _(record.disposal_title),
            ),
            Party(_("承办"), officers, note=record.brigade.name),
            _responsible(record.premises),
        ],
        "steps": path_of(HAZARD, _HAZARD_WAY, record.state, branch="overdue"),
        "facts": [
            Fact(
                _("场所"),
                record.premises.name,
                reverse("desk:premises-page", args=[record.premises_id]),
            ),
            Fact(_("来源检查"), visit.number, reverse("desk:inspection", args=[visit.id])),
            Fact(_("地址"), record.premises.address),
            Fact(_("发现时间"), _moment(record.found_at)),
            Fact(_("期限理由"), record.reason or "—", wide=True),
            Fact(_("防范措施"), record.measures or "—", wide=True),
            *_extension(record),
        ],
        "findings": [_finding(finding) for finding in queries.hazard_findings(record)],
        "notes": queries.notes_on(record),
        **_shared(record, who),
    }


def _extension(record: Hazard) -> list[Fact]:
    words = {"asked": _("已申请，待审批"), "granted": _("已批准"), "refused": _("未批准")}
    if not record.extension:
        return []
    note = _("{n} 日；{why}").format(n=record.extension_days, why=record.extension_reason)
    return [Fact(_("延期"), words[record.extension], note=note, wide=True)]


def _finding(finding: Finding) -> dict[str, Any]:
    cites = [(cite, f"/law/{quote(cite)}") for cite in finding.basis.split("、") if cite]
    return {"finding": finding, "cites": cites}


def inspection(record: Inspection, who: Who) -> dict[str, Any]:
    answers = queries.answers_of(record)
    failed = [code for code, result in answers.items() if result == Result.FAIL]
    on = local_day(record.arrived_at or timezone.now())
    items = queries.checklist(on, record.region) if record.kind == "spot_check" else []
    return {
        "title": f"{record.premises.name}·{record.kind_title}",
        "crumbs": [
            Crumb(_("监督管理")),
            Crumb(_("监督检查"), reverse("desk:inspections")),
            Crumb(record.number),
        ],
        "states": [state_tag(INSPECTION, record.state)],
        "parties": [
            _next(who, record.id),
            Party(
                _("检查人员"),
                f"{record.lead.user.name}、{record.second.user.name}",
                note=record.brigade.name,
            ),
            Party(
                _("检查时间"),
                _moment(record.arrived_at) or record.planned_on.isoformat(),
                note=_moment(record.ended_at),
            ),
            _responsible(record.premises),
        ],
        "steps": path_of(INSPECTION, _INSPECTION_WAY, record.state, branch="unvisited"),
        "facts": [
            Fact(
                _("场所"),
                record.premises.name,
                reverse("desk:premises-page", args=[record.premises_id]),
            ),
            Fact(_("地址"), record.premises.address),
            Fact(_("陪同人员"), record.accompanied_by or "—"),
            Fact(
                _("检查项"),
                _("已填 {n} 项，不合格 {f} 项").format(n=len(answers), f=len(failed))
                if items
                else "—",
            ),
            Fact(_("单位意见"), record.opinion or "—", wide=True),
            Fact(_("情况"), record.remarks or "—", wide=True),
        ],
        "items": [
            (
                item,
                RESULT_TITLES[Result(answers[item.code])] if item.code in answers else _("未填"),
                item.code in failed,
            )
            for item in items
        ],
        "findings": [_finding(finding) for finding in queries.findings_of(record)],
        "hazards": lists.hazards(queries.hazards_of(record))
        if record.state == "confirmed"
        else None,
        **_shared(record, who),
    }


def phones(record: Premises, who: Who) -> list[Fact]:
    """Masked numbers, each with the way to see it for a reason."""
    fields = [field for field in PREMISES_TYPE.shown if field.name in PREMISES_TYPE.sealed]
    facts = [fact_of(PREMISES_TYPE, record, field, who) for field in fields]
    return [fact for fact in facts if fact is not None]


def premises(record: Premises, who: Who) -> dict[str, Any]:
    names = regions.names({record.region})
    return {
        "record": record,
        "crumbs": [
            Crumb(_("监督管理")),
            Crumb(_("监管对象"), reverse("desk:premises")),
            Crumb(record.name),
        ],
        "states": [state_tag(PREMISES, record.state), TagWord(_(record.class_title))],
        "parties": [
            _responsible(record),
            Party(_("监管大队"), record.brigade.name),
            Party(_("所在"), names.get(record.region, record.region), note=record.address),
        ],
        "facts": [
            *register.class_facts(record),
            *register.measures(record),
            Fact(_("使用性质"), record.usage),
            Fact(_("信用代码"), record.credit_code, code=bool(record.credit_code)),
            *phones(record, who),
            *register.place(record, who),
            *register.unit_facts(record, who),
        ],
        "why": register.why(record),
        "persons": register.persons(record),
        "alike": register.alike(record, who),
        "hazards": lists.hazards(queries.hazards_at(who, record)),
        "inspections": lists.inspections(queries.inspections_at(who, record)),
        "papers": papers_of(queries.papers_at(who, record)),
        "entries": entries(record),
    }
