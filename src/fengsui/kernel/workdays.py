"""Which day is a working day: weekdays, the State Council's holidays, and make-up weekends.

The legal basis of the data is the yearly 国务院办公厅 notice (issued in November for the next
year). A year without its notice is *missing*: exact questions about it are refused
(`calendar-missing`), provisional ones are answered and must be marked as provisional by the asker.

Two things are known only later, and the calendar is honest about both:

- **A day of a missing year** is provisional. An agency's deadline counts plain Monday–Friday, a
  party's also skips the statutory festivals. A make-up weekend may still move an agency's deadline
  to an earlier day: a provisional date is a working date, not a bound.
- **The last days of a year whose own notice is loaded** may still be named by the notice of the
  *following* year (2022-12-31 stands in the notice for 2023). Until that is loaded they are plain
  days of their own year and not provisional, because the notice in force says so. Days belong to
  the calendar by their date: loading the following year overrides them, `version` changes, and
  whoever stored a deadline together with its calendar version counts it again.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

import yaml

from fengsui.kernel.refusal import Refusal

SATURDAY = 5
DATA = Path(__file__).parent / "calendar"
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Year:
    """One year's notice: days off (weekends inside a holiday too), make-up days, festivals.

    `off` and `makeup` may name December days of the year before. Refuses `calendar-invalid`.
    """

    year: int
    off: frozenset[date]
    makeup: frozenset[date]
    statutory: frozenset[date]
    version: str
    source: str
    tag: str
    names: Mapping[date, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for day in sorted(self.off & self.makeup):
            raise _invalid(self.year, day, "同一天既放假又上班", "按通知原文只留其一")
        for day in sorted(self.makeup):
            if day.weekday() < SATURDAY:
                raise _invalid(self.year, day, "调休上班日不是周六、周日", "核对通知中的日期")
        for day in sorted(self.off | self.makeup):
            if not date(self.year - 1, 12, 1) <= day <= date(self.year, 12, 31):
                raise _invalid(self.year, day, "日期不在本年或上年十二月", "核对年份")


@dataclass(frozen=True)
class Calendar:
    """The working days of all loaded years. Immutable; `replace` gives a new one."""

    years: Mapping[int, Year]
    statutory: Mapping[int, frozenset[date]]

    def knows(self, day: date) -> bool:
        """Whether official data decide this day: its year is loaded, or a notice names it."""
        return day.year in self.years or day in self._off or day in self._makeup

    def is_working_day(self, day: date) -> bool:
        """Exact answer. Refuses `calendar-missing` when no notice decides the day."""
        if not self.knows(day):
            raise missing(day)
        return day in self._makeup or (day not in self._off and day.weekday() < SATURDAY)

    def is_working_day_provisional(self, day: date, party: bool) -> bool:
        """Exact where data exist; else Monday–Friday, for a party without statutory festivals."""
        if self.knows(day):
            return self.is_working_day(day)
        festival = party and day in self.statutory.get(day.year, frozenset())
        return day.weekday() < SATURDAY and not festival

    def count(self, after: date, until: date) -> int:
        """Working days after one date, up to and including a later one; missing years Monday–Friday."""
        weeks, rest = divmod((until - after).days, 7)
        plain = weeks * SATURDAY + sum(
            (after.weekday() + n) % 7 < SATURDAY for n in range(1, rest + 1)
        )
        off = sum(after < day <= until and day.weekday() < SATURDAY for day in self._off)
        return plain - off + sum(after < day <= until for day in self._makeup)

    def replace(self, year: Year) -> "Calendar":
        """The same calendar with one year's data added or exchanged."""
        return Calendar({**self.years, year.year: year}, self.statutory)

    @cached_property
    def version(self) -> str:
        """Names the data: each year's version and a digest, so that any change shows."""
        names = ",".join(self.years[year].version for year in sorted(self.years))
        days = ";".join(
            f"{kind}{day.isoformat()}"
            for kind, group in (("-", self._off), ("+", self._makeup))
            for day in sorted(group)
        )
        return f"{names}#{hashlib.sha256(days.encode()).hexdigest()[:8]}"

    def explain(self, day: date, party: bool = False) -> str:
        """Why the day works or rests, in Chinese: `国庆节放假`, `周六，调休上班`, `周三`."""
        weekday = f"周{_WEEKDAYS[day.weekday()]}"
        if not self.knows(day):
            works = self.is_working_day_provisional(day, party)
            if works:
                return f"{weekday}，暂定为工作日"
            return f"{weekday}，暂定" if day.weekday() >= SATURDAY else f"{weekday}，法定节日，暂定"
        if day in self._makeup:
            return f"{weekday}，调休上班"
        if day in self._off:
            return f"{self._names.get(day, '节日')}放假"
        return weekday

    @cached_property
    def _off(self) -> frozenset[date]:
        return self._merged(lambda year: year.off, lambda year: year.makeup)

    @cached_property
    def _makeup(self) -> frozenset[date]:
        return self._merged(lambda year: year.makeup, lambda year: year.off)

    @cached_property
    def _names(self) -> Mapping[date, str]:
        return {day: name for year in self._ordered() for day, name in year.names.items()}

    def _ordered(self) -> list[Year]:
        return [self.years[year] for year in sorted(self.years)]

    def _merged(
        self, chosen: Callable[[Year], frozenset[date]], opposite: Callable[[Year], frozenset[date]]
    ) -> frozenset[date]:
        """All days of one kind; where two notices name a day, the later one decides."""
        days: frozenset[date] = frozenset()
        for year in self._ordered():
            days = (days - opposite(year)) | chosen(year)
        return days


def missing(day: date, **facts: object) -> Refusal:
    """The refusal for a day of a year without its notice, with what puts it right."""
    return Refusal(
        "calendar-missing",
        year=day.year,
        day=day.isoformat(),
        remedy=f"载入 {day.year} 年国务院办公厅节假日通知，或要求按暂定日历计算",
        **facts,
    )


def read_year(path: Path, statutory: Mapping[int, frozenset[date]]) -> Year:
    """One year's YAML. Refuses `calendar-invalid`, naming the year and the day."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    number = int(raw["year"])
    names = {
        day: str(holiday["name"])
        for holiday in raw["holidays"]
        for day in _span(holiday["from"], holiday["to"])
    }
    year = Year(
        year=number,
        off=frozenset(names),
        makeup=frozenset(day for holiday in raw["holidays"] for day in holiday["work"]),
        statutory=statutory.get(number, frozenset()),
        version=str(raw["version"]),
        source=str(raw["source"]),
        tag=str(raw["tag"]),
        names=names,
    )
    check_complete(year)
    return year


def read_notice(path: Path, statutory: Mapping[int, frozenset[date]]) -> Year:
    """A year's YAML that somebody else wrote. Refuses `notice-unreadable`, `calendar-invalid`."""
    try:
        return read_year(path, statutory)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Refusal("notice-unreadable", file=str(path), problem="读不到，或不是 YAML") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        problem = f"缺少或写错了 {error}"
        raise Refusal("notice-unreadable", file=str(path), problem=problem) from error


def check_complete(year: Year) -> None:
    """A notice names days off, make-up days and every festival. Refuses `calendar-invalid`."""
    if not year.off or not year.makeup:
        raise _invalid(year.year, None, "放假日或调休上班日为空", "补全通知中的全部日期")
    for day in sorted(year.statutory - year.off):
        raise _invalid(year.year, day, "法定节日不在放假日内", "核对通知中的起讫日期")


def read_statutory(path: Path) -> dict[int, frozenset[date]]:
    """Festival days by year (全国年节及纪念日放假办法): eleven until 2024, thirteen from 2025."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        int(year): frozenset(day for days in festivals.values() for day in days)
        for year, festivals in raw["years"].items()
    }


def read_calendar(paths: Iterable[Path], statutory: Path) -> Calendar:
    festivals = read_statutory(statutory)
    years = [read_year(path, festivals) for path in sorted(paths)]
    return Calendar({year.year: year for year in years}, festivals)


@cache
def shipped_calendar() -> Calendar:
    """The calendar that comes with this version of the product."""
    return read_calendar(DATA.glob("[0-9]*.yaml"), DATA / "statutory.yaml")


def _span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _invalid(year: int, day: date | None, problem: str, remedy: str) -> Refusal:
    place = day.isoformat() if day else ""
    return Refusal("calendar-invalid", year=year, day=place, problem=problem, remedy=remedy)
