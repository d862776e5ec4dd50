"""The loop in steps, as its people take them; each step returns the record it is about."""

from datetime import timedelta

from django.utils import timezone

from fengsui.platform.actions import perform
from fengsui.platform.calls import Nothing
from fengsui.platform.documents.actions import Serving
from fengsui.supervision.actions import (
    forms,
    hazard,
    inspection,
    planning,
    reinspection,
    settlement,
)
from fengsui.supervision.lifecycle import Disposal, Result
from fengsui.supervision.models import Hazard, Inspection
from tests import make

ITEMS = [f"C{n:02d}" for n in range(1, 17)]


def planned(team, on=make.NOON):
    form = forms.Plan(
        premises=team.premises.id,
        lead=team.lead_post.id,
        second=team.second_post.id,
        planned_on=on.date(),
    )
    done = perform(planning.plan_inspection, None, call(team.lead, on), form)
    return Inspection.objects.get(id=done.made)


def call(who, at=make.NOON, **over):
    return make.call(who, at=at, received_at=at, **over)


def found(team, disposal=Disposal.TERM, days=15, at=make.NOON):
    """A confirmed spot check with one finding; its hazard, if it left one."""
    visit = planned(team, at)
    perform(inspection.arrive, visit, call(team.lead, at), forms.Place())
    answers = dict.fromkeys(ITEMS, Result.PASS)
    perform(
        inspection.record_answers,
        visit.id,
        call(team.lead, at),
        forms.Answers(answers=answers),
    )
    finding = forms.Found(
        code="C04",
        place="二层东侧疏散通道",
        text="堆放布草箱，净宽不足",
        disposal=disposal,
        term_days=days if disposal == Disposal.TERM else None,
        corrected="当场清走，通道净宽恢复" if disposal == Disposal.CORRECTED else "",
    )
    perform(inspection.add_finding, visit.id, call(team.lead, at), finding)
    perform(
        inspection.conclude,
        visit.id,
        call(team.lead, at),
        forms.Conclusion(accompanied_by="刘海燕"),
    )
    perform(inspection.confirm_record, visit.id, call(team.second, at), Nothing())
    return Hazard.objects.filter(inspection=visit).first()


def ordered(team, days=15, at=make.NOON, disposal=Disposal.TERM):
    record = found(team, disposal, days, at)
    form = hazard.Order(
        days=days if disposal == Disposal.TERM else None, reason="需要采购并更换逃生门锁"
    )
    perform(hazard.order_rectification, record.id, call(team.lead, at), form)
    return Hazard.objects.get(id=record.id)


def served(team, days=15, at=make.NOON, disposal=Disposal.TERM):
    record = ordered(team, days, at, disposal)
    perform(hazard.serve_order, record.id, call(team.lead, at), Serving(recipient="刘海燕"))
    return Hazard.objects.get(id=record.id)


def reinspected(team, record, passed, at):
    form = reinspection.Reinspect(hazard=record.id, second=team.second_post.id)
    visit = perform(reinspection.start_reinspection, None, call(team.lead, at), form).record
    perform(inspection.arrive, visit, call(team.lead, at), forms.Place())
    perform(
        reinspection.conclude_reinspection,
        visit,
        call(team.lead, at + timedelta(minutes=20)),
        reinspection.Reconclusion(accompanied_by="刘海燕", passed=passed, remarks="现场查看通道"),
    )
    later = at + timedelta(minutes=30)
    perform(inspection.confirm_record, visit, call(team.second, later), Nothing())
    return Hazard.objects.get(id=record.id)


def arrived(team, at=make.NOON, answered=False):
    """A spot check that is underway; `answered`: every item in order."""
    visit = planned(team, at)
    perform(inspection.arrive, visit, call(team.lead, at), forms.Place())
    if answered:
        answers = forms.Answers(answers=dict.fromkeys(ITEMS, Result.PASS))
        perform(inspection.record_answers, visit.id, call(team.lead, at), answers)
    return Inspection.objects.get(id=visit.id)


def concluded(team, at=make.NOON):
    """A spot check with one finding that waits for the second officer."""
    visit = arrived(team, at, answered=True)
    finding = forms.Found(
        code="C04",
        place="二层东侧疏散通道",
        text="堆放布草箱，净宽不足",
        disposal=Disposal.TERM,
        term_days=15,
    )
    perform(inspection.add_finding, visit.id, call(team.lead, at), finding)
    end = forms.Conclusion(accompanied_by="刘海燕")
    perform(inspection.conclude, visit.id, call(team.lead, at), end)
    return Inspection.objects.get(id=visit.id)


def overdue(team, at=make.NOON):
    """A hazard that two officers found again after its term."""
    return reinspected(team, served(team, days=15, at=at), False, at + timedelta(days=20))


def extension_asked(team, record, days=10):
    form = settlement.Asking(
        days=days, reason="门锁需要厂家定制", plan="到货后两日内安装", measures="专人值守安全出口"
    )
    at = timezone.now()
    perform(settlement.request_extension, record.id, call(team.manager, at), form)


def extension_refused(team, record):
    form = settlement.Answering(reason="可以先拆除门锁")
    perform(settlement.refuse_extension, record.id, call(team.head, timezone.now()), form)
