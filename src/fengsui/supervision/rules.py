"""Judgements of the inspection loop on plain values; each names its clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fengsui.kernel.refusal import Refusal
from fengsui.supervision.lifecycle import Disposal


@dataclass(frozen=True, slots=True)
class Found:
    """What grouping needs to know of a finding."""

    id: str
    text: str
    place: str
    disposal: str
    term_days: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that share one order: the same disposal and the same term."""

    disposal: Disposal
    term_days: int | None
    findings: tuple[Found, ...]

    @property
    def title(self) -> str:
        first = self.findings[0]
        more = len(self.findings) - 1
        title = f"{first.place}：{first.text}"
        return f"{title[:80]}等 {len(self.findings)} 处" if more else title[:100]


def groups_of(findings: Iterable[Found]) -> list[Group]:
    """One hazard per disposal and term; what was corrected on the spot leaves none (规定 §19)."""
    grouped: dict[tuple[str, int | None], list[Found]] = {}
    for finding in findings:
        if finding.disposal != Disposal.CORRECTED:
            grouped.setdefault((finding.disposal, finding.term_days), []).append(finding)
    return [
        Group(Disposal(disposal), term, tuple(members))
        for (disposal, term), members in grouped.items()
    ]


def unanswered(codes: Iterable[str], answers: Mapping[str, str]) -> list[str]:
    """Checklist items without a result; a visit is concluded only when none is left."""
    return [code for code in codes if code not in answers]


def check_findings(answers: Mapping[str, str], found: Iterable[str]) -> None:
    """An item that failed needs a finding, and a finding an item that failed."""
    failed = {code for code, result in answers.items() if result == "fail"}
    with_finding = set(found)
    if missing := sorted(failed - with_finding):
        raise Refusal("finding-missing", items=missing)
    if surplus := sorted(with_finding - failed):
        raise Refusal("item-not-failed", items=surplus)


def days_to_plan(today: date, planned: date) -> int:
    """Days until a planned visit, today being the first. Refuses a day that has passed."""
    if planned < today:
        raise Refusal("planned-in-the-past", planned=planned)
    return (planned - today) // timedelta(days=1) + 1
