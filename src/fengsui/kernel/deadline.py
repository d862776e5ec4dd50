"""When a period ends: counted day by day, so that every day can be shown and explained.

Working days exclude the day of the event (民法典 §201); calendar days likewise, unless the rule
counts the first day in; hours run from the moment and stop for nothing; months and years end on
the corresponding day or the month's last (民法典 §202). An end on a day off moves to the next
working day only for a party (民法典 §203 as analogue). Day deadlines end at 23:59:59 in China.
"""

import calendar as months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import DeadlineRule
from fengsui.kernel.workdays import Calendar, missing

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
_END = time(23, 59, 59)
_DAY = timedelta(days=1)
_SHORT = timedelta(hours=12)
_MONTHS = {"mo": 1, "y": 12}
_LONGEST = {"wd": 3660, "cd": 3660, "h": 87840, "mo": 1200, "y": 100}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the count. `ordinal` is its number, from 1, if it counts."""

    on: date
    counted: bool
    ordinal: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A computed period; `n` includes extensions, `calendar` names the data it rests on."""

    rule: str
    start: datetime
    unit: str
    n: int
    due: datetime
    party: bool
    roll: bool
    provisional: bool
    calendar: str
    source: str
    tag: str
    extensions: tuple[str, ...]
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Remaining:
    """Time left or passed, in words for people."""

    late: bool
    today: bool
    words: str


@dataclass(slots=True)
class _Count:
    """Asks the calendar, remembers whether a missing year mattered, and writes down each day."""

    rule: DeadlineRule
    calendar: Calendar
    allowed: bool
    days: list[Day]
    provisional: bool = False

    def works(self, day: date) -> bool:
        if not self.calendar.knows(day):
            if not self.allowed:
                raise missing(day, rule=self.rule.id)
            self.provisional = True
        return self.calendar.is_working_day_provisional(day, self.rule.party)

    def note(self, day: date, ordinal: int | None, why: str) -> None:
        self.days.append(Day(day, ordinal is not None, ordinal, why))

    def explain(self, day: date) -> str:
        return self.calendar.explain(day, self.rule.party)


def compute(
    rule: DeadlineRule,
    start: datetime | date,
    calendar: Calendar,
    *,
    extensions: Sequence[str] = (),
    n: int | None = None,
    provisional: bool = False,
) -> Deadline:
    """The end of the period that begins with `start` (for a `before` rule: that ends with it).

    `n` is the term an officer chose, for a rule that leaves it open. Refuses `calendar-missing`
    (unless `provisional`), `term-required`, `term-fixed`, `term-out-of-range`,
    `unknown-extension`, `start-needs-time`, `date-out-of-range`. A naive datetime is a bug and raises ValueError.
    """
    count = _Count(rule, calendar, provisional, [])
    at = _moment(rule, start)
    total = _length(rule, n, extensions)
    try:
        due = _end(count, at, total)
    except (OverflowError, ValueError) as beyond:
        raise Refusal("date-out-of-range", rule=rule.id, start=at.date().isoformat()) from beyond
    return _deadline(count, at, total, due, tuple(dict.fromkeys(extensions)))


def remaining(due: datetime, now: datetime, calendar: Calendar) -> Remaining:
    """Hours on the day itself or less than half a day ahead, else working days, else days.

    Working days of a missing year are counted Monday–Friday: these words steer work, they are
    not the legal period.
    """
    due, now = due.astimezone(CHINA), now.astimezone(CHINA)
    late = now > due
    today = due.date() == now.date()
    gap = abs(due - now)
    working = _working_days_between(due.date(), now.date(), calendar)
    soon = not late and gap < _SHORT
    if today or soon or (working == 0 and gap < _DAY):
        amount = _clock_words(gap)
    elif working:
        amount = f" {working} 个工作日"
    else:
        amount = f" {gap.days} 天"
    return Remaining(late, today, ("逾期" if late else "还剩") + amount)


def _moment(rule: DeadlineRule, start: datetime | date) -> datetime:
    if isinstance(start, datetime):
        if start.tzinfo is None:
            raise ValueError("start must be an aware datetime or a date")
        return start.astimezone(CHINA)
    if rule.unit == "h":
        raise Refusal("start-needs-time", rule=rule.id, remedy="按小时计算的期限要写明起算时刻")
    return datetime.combine(start, time.min, CHINA)


def _length(rule: DeadlineRule, n: int | None, extensions: Sequence[str]) -> int:
    if rule.n is None and n is None:
        raise Refusal("term-required", rule=rule.id, unit=rule.unit, remedy="由承办人填写期限天数")
    if rule.n is not None and n is not None:
        raise Refusal("term-fixed", rule=rule.id, n=rule.n, unit=rule.unit, source=rule.source)
    term = rule.n if rule.n is not None else n
    if term is None or not 1 <= term <= _LONGEST[rule.unit]:
        raise Refusal("term-out-of-range", rule=rule.id, n=n, at_most=_LONGEST[rule.unit])
    for name in extensions:
        if name not in rule.ext:
            known = tuple(sorted(rule.ext))
            raise Refusal("unknown-extension", rule=rule.id, extension=name, known=known)
    return term + sum(rule.ext[name] for name in dict.fromkeys(extensions))


def _deadline(
    count: _Count, at: datetime, total: int, due: datetime, extensions: tuple[str, ...]
) -> Deadline:
    rule = count.rule
    return Deadline(
        rule=rule.id,
        start=at,
        unit=rule.unit,
        n=total,
        due=due,
        party=rule.party,
        roll=rule.roll,
        provisional=count.provisional,
        calendar=count.calendar.version,
        source=rule.source,
        tag=rule.tag,
        extensions=extensions,
        days=tuple(count.days),
    )


def _end(count: _Count, at: datetime, total: int) -> datetime:
    if count.rule.unit == "h":
        return _hours(count, at, total)
    if count.rule.unit == "wd":
        last = _working_days(count, at.date(), total)
    elif count.rule.unit == "cd":
        last = _rolled(count, _calendar_days(count, at.date(), total))
    else:
        last = _rolled(count, _months(count, at.date(), total))
    return datetime.combine(last, _END, CHINA)


def _working_days(count: _Count, day: date, total: int) -> date:
    step = -_DAY if count.rule.before else _DAY
    count.note(day, None, "事件当日不计入" if count.rule.before else "起算日不计入")
    ordinal = 0
    while ordinal < total:
        day += step
        works = count.works(day)
        ordinal += works
        why = f"第 {ordinal} 个工作日" if works else "不计"
        count.note(day, ordinal if works else None, f"{count.explain(day)}，{why}")
    return day


def _calendar_days(count: _Count, day: date, total: int) -> date:
    step = -_DAY if count.rule.before else _DAY
    if count.rule.first_day_in:
        day -= step
    else:
        count.note(day, None, "事件当日不计入" if count.rule.before else "起算日不计入")
    for ordinal in range(1, total + 1):
        day += step
        first = "，起算日计入" if ordinal == 1 and count.rule.first_day_in else ""
        count.note(day, ordinal, f"第 {ordinal} 日{first}")
    return day


def _months(count: _Count, day: date, total: int) -> date:
    """The corresponding day, or the month's last (民法典 §202); only both ends are written down."""
    count.note(day, None, "起算日不计入")
    index = day.year * 12 + day.month - 1 + total * _MONTHS[count.rule.unit]
    year, month = divmod(index, 12)
    length = months.monthrange(year, month + 1)[1]
    last = date(year, month + 1, min(day.day, length))
    count.note(last, total, "对应日届满" if day.day <= length else "无对应日，月末日届满")
    return last


def _rolled(count: _Count, day: date) -> date:
    """A party's end on a day off moves to the next working day; an agency's stays (safe side)."""
    if not count.rule.roll or count.works(day):
        return day
    raw = count.days.pop()
    count.days.append(
        Day(raw.on, raw.counted, raw.ordinal, f"{raw.why}，{count.explain(day)}，顺延")
    )
    day += _DAY
    while not count.works(day):
        count.note(day, None, f"{count.explain(day)}，顺延")
        day += _DAY
    count.note(day, None, f"{count.explain(day)}，顺延后的届满日")
    return day


def _hours(count: _Count, at: datetime, total: int) -> datetime:
    due = at - timedelta(hours=total) if count.rule.before else at + timedelta(hours=total)
    count.note(at.date(), None, f"{at:%H:%M} 起按小时连续计算，夜间和节假日不扣除")
    count.note(due.date(), total, f"第 {total} 小时于 {due:%H:%M} 届满")
    return due


def _clock_words(gap: timedelta) -> str:
    """To the nearest hour, below one hour in whole minutes."""
    minutes = int(gap / timedelta(minutes=1))
    if minutes == 0:
        return "不足 1 分钟"
    if minutes < 60:
        return f" {minutes} 分钟"
    return f" {round(gap / timedelta(hours=1))} 小时"


def _working_days_between(one: date, other: date, calendar: Calendar) -> int:
    """Working days after the earlier date, up to and including the later one."""
    return calendar.count(*sorted((one, other)))
