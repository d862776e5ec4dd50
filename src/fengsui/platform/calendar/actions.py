"""Loading a year: the State Council's notice comes in November, work does not wait for it."""

from datetime import date

from pydantic import Field

from fengsui.kernel.workdays import check_complete
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calendar import queries
from fengsui.platform.calendar.access import loaded_years_for
from fengsui.platform.calendar.lifecycle import LOADED_YEAR
from fengsui.platform.calendar.models import LoadedYear
from fengsui.platform.calls import Call, Form, Outcome
from fengsui.platform.records import RecordType, record_type
from fengsui.platform.who import PostKind

LOADED_YEARS = record_type(
    RecordType(
        name="calendar_year",
        plural="calendar-years",
        title="工作日历",
        model=LoadedYear,
        lifecycle=LOADED_YEAR,
        visible=loaded_years_for,
        label=str,
    )
)


class Notice(Form):
    """`holidays`: day off → name of the holiday; `workdays`: weekend days worked instead."""

    year: int = Field(title="年度", ge=2000, le=2100)
    holidays: dict[date, str] = Field(title="放假日")
    workdays: tuple[date, ...] = Field(title="调休上班日")
    source: str = Field(title="通知名称和文号", min_length=4, max_length=200)


@action(
    LOADED_YEARS,
    CREATE,
    "载入年度工作日历",
    posts=(PostKind.SYSTEM_ADMIN,),
    source="全国年节及纪念日放假办法",
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
    return Outcome(new=loaded)
