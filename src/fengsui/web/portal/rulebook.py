"""The law's numbers and words for everybody: rules, articles, the working calendar."""

from calendar import Calendar as Months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n
from django.views.decorators.http import require_GET

from fengsui.kernel import statutes
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import AnyRule, DeadlineRule, FrequencyRule, ValueRule
from fengsui.platform import rules
from fengsui.platform.calendar.queries import current_calendar
from fengsui.web.doors import PUBLIC, door
from fengsui.web.pages import page
from fengsui.web.portal.shell import shell
from fengsui.web.ui.shapes import Fact, Law, Tab

KINDS = {
    "deadline": n("期限"),
    "constraint": n("条件"),
    "frequency": n("频次"),
    "value": n("数值"),
    "checklist": n("检查要点"),
    "threshold": n("分类界定"),
    "kinds": n("种类"),
    "standard": n("判定标准"),
    "penalties": n("案由"),
}
_UNITS = {"wd": n("个工作日"), "cd": n("日"), "h": n("小时"), "mo": n("个月"), "y": n("年")}
_EVERY = {"h": n("小时"), "d": n("日"), "hmo": n("半月"), "mo": n("月"), "y": n("年")}


@door(PUBLIC)
@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    """Rules in force today: one kind at a time, or all that hold some words."""
    found = rules.rulebook().everywhere(timezone.localdate())
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "deadline")
    chosen = _holding(found, words) if words else [rule for rule in found if rule.type == kind]
    context = {
        "shell": shell("rules"),
        "q": words,
        "tabs": _tabs(found, "" if words else kind),
        "rules": [(rule, measure(rule)) for rule in chosen],
    }
    return page(request, "portal/rules.html", context)


def _holding(found: Sequence[AnyRule], words: str) -> list[AnyRule]:
    return [
        rule
        for rule in found
        if words.lower() in f"{rule.id}{rule.title}{rule.text}{rule.source}".lower()
    ]


def _tabs(found: Sequence[AnyRule], kind: str) -> list[Tab]:
    return [
        Tab(_(title), f"?kind={name}", name == kind, sum(rule.type == name for rule in found))
        for name, title in KINDS.items()
    ]


def measure(rule: AnyRule) -> str:
    """The number of a rule in words; nothing for conditions and lists."""
    if isinstance(rule, DeadlineRule):
        return (
            f"{rule.n} {_(_UNITS[rule.unit])}"
            if rule.n
            else _("由承办人确定（{unit}）").format(unit=_(_UNITS[rule.unit]))
        )
    if isinstance(rule, FrequencyRule):
        return _("每{every} {n} 次").format(every=_(_EVERY[rule.every]), n=rule.n)
    if isinstance(rule, ValueRule) and not isinstance(rule.value, dict | tuple):
        return f"{rule.value} {rule.unit}".strip()
    return ""


@door(PUBLIC)
@require_GET
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule: its number, its words, where they come from and how well that is known."""
    try:
        found = rules.rulebook().anywhere(rule_id, timezone.localdate())
    except Refusal as unknown:
        raise Http404 from unknown
    context = {
        "shell": shell("rules"),
        "rule": found,
        "kind": _(KINDS[found.type]),
        "facts": _facts(found),
        "items": getattr(found, "items", ()),
    }
    return page(request, "portal/rule.html", context)


def _facts(found: AnyRule) -> list[Fact]:
    value = getattr(found, "value", None)
    table = list(value.items()) if isinstance(value, dict) else []
    facts = [
        Fact(_("编号"), found.id, code=True),
        Fact(_("数值"), measure(found)),
        *(
            Fact(_("约束"), _("当事人") if found.party else _("机关"))
            for _one in "1"
            if isinstance(found, DeadlineRule)
        ),
        *(
            Fact(str(name), f"{number} {getattr(found, 'unit', '')}".strip())
            for name, number in table
        ),
        Fact(_("出处"), found.source),
        Fact(_("适用区划"), found.region, code=True),
        Fact(_("施行"), _("自 {day} 起").format(day=found.effective_from)),
        *(
            Fact(_("条文"), law=Law(cite, reverse("portal:law", args=[cite])), wide=True)
            for cite in found.cites
        ),
    ]
    return [fact for fact in facts if fact.text or fact.law]


@door(PUBLIC)
@require_GET
def statute(request: HttpRequest, citation: str) -> HttpResponse:
    """What a citation stands for: the article's words, or what is known of it."""
    try:
        places = statutes.parse_citation(citation)
        readings = [statutes.open_citation(place) for place in places]
    except Refusal as unknown:
        raise Http404 from unknown
    citing = [
        rule for rule in rules.rulebook().rules(timezone.localdate()) if citation in rule.cites
    ]
    context = {
        "shell": shell("rules"),
        "citation": citation,
        "readings": readings,
        "citing": citing,
    }
    return page(request, "portal/law.html", context)


@dataclass(frozen=True, slots=True)
class Day:
    """One square of the year: `look` is off, work, weekend or plain; `why` in words for everybody."""

    on: date | None
    look: str = ""
    why: str = ""


@door(PUBLIC)
@require_GET
def working_days(request: HttpRequest) -> HttpResponse:
    """A year day by day, as every deadline is counted."""
    known = sorted(current_calendar().years)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in known else max(known)
    if not asked and timezone.localdate().year in known:
        year = timezone.localdate().year
    context = {
        "shell": shell("rules"),
        "year": year,
        "notice": current_calendar().years[year],
        "tabs": [Tab(str(one), f"?year={one}", one == year) for one in known],
        "months": [(month, _weeks(year, month)) for month in range(1, 13)],
    }
    return page(request, "portal/calendar.html", context)


def _weeks(year: int, month: int) -> list[list[Day]]:
    weeks = Months().monthdatescalendar(year, month)
    return [[_square(day) if day.month == month else Day(None) for day in week] for week in weeks]


def _square(day: date) -> Day:
    calendar = current_calendar()
    works, weekend = calendar.is_working_day(day), day.weekday() >= 5
    look = {(True, True): "work", (False, False): "off", (False, True): "weekend"}.get(
        (works, weekend), ""
    )
    why = calendar.explain(day)
    return Day(day, "off" if "放假" in why else look, why)
