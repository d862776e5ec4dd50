"""Loading a year: the State Council's notice comes in November, work does not wait for it."""

from datetime import date
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.workdays import check_complete
from fengsui.platform import rules
from fengsui.platform.actions import CREATE, action, perform
from fengsui.platform.calendar import queries
from fengsui.platform.calendar.access import awaited_years_for, loaded_years_for
from fengsui.platform.calendar.lifecycle import AWAITED_YEAR, LOADED_YEAR, AwaitedMove, AwaitedState
from fengsui.platform.calendar.models import AwaitedYear, LoadedYear
from fengsui.platform.calls import Call, Closes, Form, Nothing, Opens, Outcome
from fengsui.platform.records import Record, RecordType, Shown, record_type
from fengsui.platform.who import PostKind, Who


def _year_words(year: LoadedYear) -> str:
    return f"{year.year} 年工作日历"


def _awaited_words(year: AwaitedYear) -> str:
    return f"{year.year} 年放假安排"


LOADED_YEARS = record_type(
    RecordType(
        name="calendar_year",
        plural="calendar-years",
        title="工作日历",
        model=LoadedYear,
        lifecycle=LOADED_YEAR,
        visible=loaded_years_for,
        label=_year_words,
        listed=("year", "source", "loaded_at"),
        shown=(
            Shown("year", "年度"),
            Shown("source", "通知名称和文号"),
            Shown("holidays", "放假日"),
            Shown("workdays", "调休上班日"),
            Shown("loaded_at", "载入时间"),
        ),
        readers=frozenset({PostKind.SYSTEM_ADMIN}),
    )
)


AWAITED_YEARS = record_type(
    RecordType(
        name="awaited_year",
        plural="awaited-years",
        title="待载入的年度",
        model=AwaitedYear,
        lifecycle=AWAITED_YEAR,
        visible=awaited_years_for,
        label=_awaited_words,
        listed=("year",),
        shown=(Shown("year", "年度"),),
        readers=frozenset({PostKind.SYSTEM_ADMIN}),
    )
)
ASK, LOAD = "D-CAL-ASK", "D-CAL-LOAD"
_SOURCE = "全国年节及纪念日放假办法"


class Awaiting(Form):
    year: int = Field(title="年度", ge=2000, le=2100)
    organisation: UUID = Field(title="运行机构")


class Notice(Form):
    """`holidays`: day off → name of the holiday; `workdays`: weekend days worked instead."""

    year: int = Field(title="年度", ge=2000, le=2100)
    holidays: dict[date, str] = Field(title="放假日")
    workdays: tuple[date, ...] = Field(title="调休上班日")
    source: str = Field(title="通知名称和文号", min_length=4, max_length=200)


@action(AWAITED_YEARS, CREATE, "催办年度放假安排", posts=(PostKind.CLOCK,), source="本系统默认")
def await_year(_: None, call: Call, form: Awaiting) -> Outcome:
    """Ask the system administrator for a year's notice, by D-CAL-LOAD before the year begins."""
    year = AwaitedYear(year=form.year)
    ask = Opens(
        kind="load_year",
        title=f"载入 {form.year} 年工作日历",
        due=rules.deadline(LOAD, date(form.year, 1, 1)),
        organisation=form.organisation,
        post=PostKind.SYSTEM_ADMIN,
        subject=f"{form.year} 年放假安排",
        record=year,
    )
    return Outcome(new=year, opens=[ask])


@action(
    AWAITED_YEARS,
    AwaitedMove.SETTLE,
    "办结催办",
    posts=(PostKind.CLOCK, PostKind.SYSTEM_ADMIN),
    source="本系统默认",
)
def settle_year(year: AwaitedYear, call: Call, _: Nothing) -> Outcome:
    """The year is known. Refuses `year-still-missing` while it is not."""
    if year.year not in queries.current_calendar().years and not call.inner:
        raise Refusal("year-still-missing", year=year.year)
    return Outcome(closes=[Closes("load_year")])


def _still_awaited(year: Record, who: Who) -> None:
    if year.state != AwaitedState.AWAITED:
        raise Refusal("year-known-already")


@action(
    LOADED_YEARS,
    CREATE,
    "载入年度工作日历",
    posts=(PostKind.SYSTEM_ADMIN,),
    source=_SOURCE,
    guard=_still_awaited,
    main=True,
    begins=(AWAITED_YEARS, "awaited"),
)
def load_year(_: None, call: Call, form: Notice) -> Outcome:
    """Add or exchange a year; open deadlines are then counted anew. Refuses `calendar-invalid`."""
    loaded = LoadedYear(
        year=form.year,
        holidays={day.isoformat(): name for day, name in sorted(form.holidays.items())},
        workdays=sorted(day.isoformat() for day in form.workdays),
        source=form.source,
        loaded_at=call.received_at,
    )
    check_complete(queries.year_of(loaded))
    awaited = queries.awaited(form.year)
    if awaited is not None and awaited.state == AwaitedState.AWAITED:
        perform(settle_year, awaited, call.child(), Nothing())
    return Outcome(new=loaded)
