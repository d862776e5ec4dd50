"""Which grid was this on a day; which personal fields a consent covers; how a phone is written.

Personal information is kept only as far as the person, told of it beforehand, agreed; health and
the contact, who is another person, each by an agreement of their own (个人信息保护法 §13, §14, §17, §29).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

# Personal field → what it is called. The order is that of the form.
TITLES: Mapping[str, str] = {
    "name": "姓名",
    "phone": "电话",
    "address": "住址",
    "point": "门口坐标",
    "condition": "健康和行动情况",
    "notes": "备注",
    "contact_name": "联系人姓名",
    "contact_phone": "联系人电话",
}
HEALTH = frozenset({"condition"})
CONTACT = frozenset({"contact_name", "contact_phone"})
_COUNTRY, _NATIONAL_DIGITS = "86", 11


@dataclass(frozen=True, slots=True)
class Span:
    """From when a grid stood, and from which day on it no longer did."""

    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Line:
    """One grid became another."""

    old: UUID
    new: UUID


def standing(grid: UUID, on: date, spans: Mapping[UUID, Span], lines: Sequence[Line]) -> set[UUID]:
    """What a grid was on a day before it stood, or had become on a day after: itself while it stood.

    Empty where nothing stood: before its ancestors were opened, or after it was retired for good.
    """
    found: set[UUID] = set()
    seen: set[UUID] = set()
    waiting = [grid]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if spans[one].holds(on):
            found.add(one)
        elif on < spans[one].since:
            waiting += [line.old for line in lines if line.new == one]
        else:
            waiting += [line.new for line in lines if line.old == one]
    return found


@dataclass(frozen=True, slots=True)
class Scope:
    """What was agreed to: the record itself, and beyond it health and the contact."""

    given: bool = False
    health: bool = False
    contact: bool = False

    def covers(self, field: str) -> bool:
        wanted = self.health if field in HEALTH else self.contact if field in CONTACT else True
        return self.given and wanted


def uncovered(scope: Scope, fields: Iterable[str]) -> list[str]:
    """Which of these personal fields a consent does not reach."""
    return [name for name in fields if not scope.covers(name)]


def wanted_for(field: str, scope: Scope) -> str:
    """The consent that is missing for a field, in words."""
    if not scope.given:
        return "当事人的告知同意"
    return "健康信息的单独同意" if field in HEALTH else "联系人本人的同意"


def dialled(phone: str) -> str:
    """The digits of a phone as it is looked for: without blanks, hyphens and the country's 86."""
    digits = re.sub(r"\D", "", phone)
    national = digits.removeprefix(_COUNTRY)
    return national if len(national) == _NATIONAL_DIGITS else digits
