"""P13: an action through `perform` against its own statements issued by hand in one transaction."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from benchmarks import by_hand, plain
from benchmarks.rounds import Line, Size, measure
from fengsui.platform.actions import Action, perform
from fengsui.platform.calls import Call, Form
from fengsui.supervision.actions import forms, hazard, inspection, planning
from fengsui.supervision.lifecycle import Disposal
from tests import make
from tests.supervision import loop

PLAIN, DRIVER = "Django by hand", "the driver's cursor"
# What `perform` is given: the action, its record, who calls and how, the form.
Ask = tuple[Action[Any], UUID | None, Call, Form]


@dataclass(frozen=True)
class Pair:
    """One action: what to ask `perform`, and the same done by hand."""

    title: str
    ask: Callable[[], Ask]
    plain: Callable[[UUID | None], float]

    def by_hand(self) -> float:
        """Seconds of the hand-written way, on a record of its own."""
        return self.plain(self.ask()[1])


def pairs() -> list[Pair]:
    """The three kinds of action, ready to be done any number of times."""
    team = make.Team()
    visit = loop.planned(team).id
    perform(inspection.arrive, visit, loop.call(team.lead), forms.Place())
    return [
        Pair("安排检查：新建、编号、开待办", lambda: _creation(team), lambda _: plain.plan(team)),
        Pair(
            "责令限期改正：变更状态、换待办、制作文书",
            lambda: _move(team),
            partial(plain.order, team),
        ),
        Pair("登记问题：只添加事实", lambda: _fact(team, visit), partial(plain.find, team)),
    ]


def figures(size: Size) -> Iterator[Line]:
    """Two lines for each action: against the hand-written view, and against the bare driver."""
    for pair in pairs():
        yield measure(pair.title, PLAIN, partial(_performed, pair), pair.by_hand, size)
        yield measure(pair.title, DRIVER, partial(_performed, pair), partial(_driven, pair), size)


def _performed(pair: Pair) -> float:
    asked = pair.ask()
    start = time.perf_counter()
    perform(*asked)
    return time.perf_counter() - start


def _driven(pair: Pair) -> float:
    asked = pair.ask()
    return by_hand.issue(by_hand.statements_of(lambda: perform(*asked)))


def _creation(team: Any) -> Ask:
    form = forms.Plan(
        premises=team.premises.id,
        lead=team.lead_post.id,
        second=team.second_post.id,
        planned_on=make.NOON.date(),
    )
    return planning.plan_inspection, None, loop.call(team.lead), form


def _move(team: Any) -> Ask:
    found = loop.found(team)
    form = hazard.Order(days=15, reason="需要采购并更换逃生门锁")
    return hazard.order_rectification, found.id, loop.call(team.lead), form


def _fact(team: Any, visit: UUID) -> Ask:
    form = forms.Found(
        code="C04",
        place="二层东侧",
        text="堆放布草箱，净宽不足",
        disposal=Disposal.CORRECTED,
        corrected="当场清走",
    )
    return inspection.add_finding, visit, loop.call(team.lead), form
