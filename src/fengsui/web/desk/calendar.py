"""The working calendar for whoever keeps it: which years are loaded, what is missing, loading one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from pydantic import ValidationError

from fengsui.kernel import canonical
from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.workdays import Year, check_complete, shipped_calendar
from fengsui.platform.actions import perform
from fengsui.platform.calendar.access import awaited_years_for
from fengsui.platform.calendar.actions import LOADED_YEARS, Notice, load_year
from fengsui.platform.calendar.queries import current_calendar
from fengsui.platform.who import PostKind
from fengsui.platform.words import answer, field_words
from fengsui.platform.worklist.sweep import would_move
from fengsui.web.calls import desk_call
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import place_of
from fengsui.web.doors import door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import ActionLink, Crumb, Empty, TagWord
from fengsui.web.ui.table import Cell, Column, Group, Row, Table

KEEPERS = frozenset({PostKind.SYSTEM_ADMIN})
_ROWS = 8
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Span:
    """One line of the notice as it was typed: a holiday from one day to another, and days worked for it."""

    name: str = ""
    first: str = ""
    last: str = ""
    work: str = ""


@door(KEEPERS)
@require_GET
def years(request: Request) -> HttpResponse:
    """Years by number, with their notices; the present and the next year never pass in silence."""
    calendar = current_calendar()
    context = {
        "shell": shell(request, LOADED_YEARS.plural),
        "missing": [year for year in _expected() if year not in calendar.years],
        "create": ActionLink(_("载入年度"), "load", "plus", "main"),
        "table": _table(calendar.years),
    }
    return page(request, "desk/calendar.html", context)


def _expected() -> list[int]:
    this = timezone.localdate().year
    return [this, this + 1]


def _table(known: Mapping[int, Year]) -> Table:
    columns = [
        Column(_("年度"), width="s"),
        Column(_("通知")),
        Column(_("放假日"), width="s", number=True),
        Column(_("调休上班日"), width="m", number=True),
        Column(_("来源"), width="m"),
    ]
    shipped = shipped_calendar().years
    rows = [
        Row(
            [
                Cell(str(year), f"/rules/calendar?year={year}"),
                Cell(notice.source),
                Cell(str(len(notice.off))),
                Cell(str(len(notice.makeup))),
                Cell(
                    tags=[
                        TagWord(_("随产品发布") if notice is shipped.get(year) else _("本地载入"))
                    ]
                ),
            ]
        )
        for year, notice in sorted(known.items(), reverse=True)
    ]
    return Table(_("工作日历"), columns, [Group(rows)], empty=Empty(_("没有年度")))


@door(KEEPERS)
@require_http_methods(["GET", "POST"])
def load(request: Request) -> HttpResponse:
    """Type the notice, see what moves, confirm. Nothing is written before the confirmation."""
    spans = _spans(request.POST)
    year = request.POST.get("year", "") or _wanted(request)
    context = {
        "shell": shell(request, LOADED_YEARS.plural),
        "crumbs": [
            Crumb(_(LOADED_YEARS.title), "/desk/calendar-years/"),
            Crumb(_(load_year.title)),
        ],
        "title": _(load_year.title),
        "spans": spans,
        "year": year,
        "source": request.POST.get("source", ""),
        "key": request.POST.get("key") or str(new_id()),
    }
    if request.method == "GET":
        return page(request, "desk/calendar-load.html", context)
    try:
        notice = _notice(year, request.POST.get("source", ""), spans)
        moves = would_move(current_calendar().replace(_as_year(notice)))
        if request.POST.get("confirm") == _digest(notice):
            perform(load_year, None, desk_call(request, actor(request)), notice)
            messages.success(request, _("已载入 {year} 年工作日历。").format(year=notice.year))
            return redirect("desk:calendar")
    except Refusal as no:
        said = answer(no)
        context |= {"general": [said.text]}
        return page(request, "desk/calendar-load.html", context, status=said.status)
    except ValueError as wrong:
        context |= {"general": _complaints(wrong)}
        return page(request, "desk/calendar-load.html", context, status=422)
    context |= {
        "preview": notice,
        "digest": _digest(notice),
        "moves": moves,
        "days": sorted(notice.holidays.items()),
    }
    return page(request, "desk/calendar-load.html", context)


def _wanted(request: Request) -> str:
    """The year a task asked for, else the first that is missing."""
    awaited: UUID | None = place_of(request.GET.get("awaited", ""))
    asked = awaited_years_for(actor(request)).filter(pk=awaited).first() if awaited else None
    if asked is not None:
        return str(asked.year)
    known = current_calendar().years
    return next((str(year) for year in _expected() if year not in known), "")


def _spans(posted: QueryDict) -> list[Span]:
    """The lines as typed, filled up with empty ones."""
    columns = (posted.getlist(name) for name in ("name", "first", "last", "work"))
    typed = [Span(*(text.strip() for text in line)) for line in zip(*columns, strict=False)]
    said = [span for span in typed if span != Span()]
    return said + [Span()] * max(_ROWS - len(said), 1)


def _notice(year: str, source: str, spans: list[Span]) -> Notice:
    """The notice as it will be loaded. ValueError names the line."""
    holidays: dict[date, str] = {}
    workdays: list[date] = []
    for number, span in enumerate(spans, start=1):
        if span == Span():
            continue
        first, last = _day(number, span.first), _day(number, span.last or span.first)
        if not 0 <= (last - first).days <= _LONGEST or not span.name:
            raise ValueError(_("第 {n} 行：请填写节日名称，并核对起讫日期。").format(n=number))
        holidays |= {first + timedelta(n): span.name for n in range((last - first).days + 1)}
        workdays += [
            _day(number, text) for text in span.work.replace("，", ",").split(",") if text.strip()
        ]
    return Notice.model_validate(
        {"year": year, "source": source, "holidays": holidays, "workdays": tuple(workdays)}
    )


def _day(number: int, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as wrong:
        said = _("第 {n} 行：日期“{text}”请写成 2027-01-01 的样子。")
        raise ValueError(said.format(n=number, text=text)) from wrong


def _as_year(notice: Notice) -> Year:
    """The calendar year that a notice makes. Refuses `calendar-invalid`."""
    year = Year(
        year=notice.year,
        off=frozenset(notice.holidays),
        makeup=frozenset(notice.workdays),
        statutory=shipped_calendar().statutory.get(notice.year, frozenset()),
        version=f"{notice.year}-preview",
        source=notice.source,
        tag="VP",
        names=notice.holidays,
    )
    check_complete(year)
    return year


def _digest(notice: Notice) -> str:
    """Names exactly what was previewed: something else is previewed again instead of loaded."""
    return canonical.digest(notice.model_dump(mode="json")).hex()


def _complaints(wrong: ValueError) -> list[str]:
    if not isinstance(wrong, ValidationError):
        return [str(wrong)]
    fields = Notice.model_fields
    return [
        f"{_(fields[str(error['loc'][0])].title or '')}：{field_words(error)}"
        for error in wrong.errors()
    ]
