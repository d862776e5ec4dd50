"""Who is told what by which channel: read from the rulebook, never decided in code."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from fengsui.platform import rules
from fengsui.platform.notices.lifecycle import Channel, Urgency

_LOUD = frozenset({Channel.SMS, Channel.VOICE})


def _words(rule: str, occasion: str, kind: str, on: date) -> list[str]:
    """The words for this kind of task on this occasion, or those for the occasion at large."""
    table = rules.table(rule, on)
    return str(table.get(f"{occasion}/{kind}", table.get(occasion, ""))).split()


def roles(occasion: str, kind: str, on: date) -> list[str]:
    return _words("NOTICE-RECEIVERS", occasion, kind, on)


def channels(occasion: str, kind: str, on: date) -> list[Channel]:
    return [Channel(word) for word in _words("NOTICE-CHANNELS", occasion, kind, on)]


def urgency(occasion: str, kind: str, on: date) -> Urgency:
    return Urgency(_words("NOTICE-URGENCY", occasion, kind, on)[0])


def limits(on: date) -> Mapping[str, int]:
    return {name: int(str(value)) for name, value in rules.table("NOTICE-LIMITS", on).items()}


def reminders(on: date) -> list[tuple[str, int]]:
    """(kind of task, days before its end), for each reminder of the house."""
    table = rules.table("NOTICE-REMIND", on)
    return [(kind, int(days)) for kind, words in table.items() for days in str(words).split()]


def reminded_until(now: datetime, days: int) -> datetime:
    """The end of the last local day whose deadlines are to be reminded of `days` before, by `now`."""
    local = now.astimezone(rules.CHINA)
    begun = local.hour >= _hour("remind", local.date())
    last = local.date() + timedelta(days=days if begun else days - 1)
    return datetime.combine(last, time.max, rules.CHINA)


def first_try(channel: Channel, how: Urgency, now: datetime) -> datetime:
    """When to send: at once, but what rings at night waits for the morning unless it is urgent."""
    if channel not in _LOUD or how == Urgency.URGENT:
        return now
    local = now.astimezone(rules.CHINA)
    opens, closes = _hour("quiet_to", local.date()), _hour("quiet_from", local.date())
    if opens <= local.hour < closes:
        return now
    day = local.date() if local.hour < opens else local.date() + timedelta(days=1)
    return datetime.combine(day, time(opens), rules.CHINA)


def _hour(name: str, on: date) -> int:
    return int(str(rules.table("NOTICE-HOURS", on)[name]))
