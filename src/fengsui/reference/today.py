"""What the season leaves for the day it is shown: for each post something due today and something overdue.

Each piece is begun on the day from which its own deadline leads here; nothing is dated by hand.
"""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from fengsui.platform import rules
from fengsui.reference.player import Player, Team
from fengsui.reference.visits import Visit
from fengsui.supervision.actions import forms, settlement
from fengsui.supervision.lifecycle import Disposal

_TERM, _LONG, _MINUTES = 10, 45, 40
_ASKING = settlement.Asking(
    days=10, reason="施工单位排期推迟", plan="两周内完工", measures="专人值守，每两小时巡查"
)


def schedule(player: Player) -> dict[date, Callable[[Team], None]]:
    """What is begun on which day."""
    until = player.until
    return {
        until - timedelta(days=25): lambda team: overdue(player, team),
        _asking_day(until, player.shown): lambda team: extension(player, team),
        until: lambda team: due_today(player, team),
    }


def overdue(player: Player, team: Team) -> None:
    """An order nobody made, a term that ran out with nobody coming back, a request nobody answered."""
    visit = _visit(player, team)
    _found(visit, "C11", Disposal.IMMEDIATE)
    _served(visit, _found(visit, "C04", Disposal.TERM, _TERM))
    _asked(visit, _found(visit, "C13", Disposal.TERM, _LONG))


def extension(player: Player, team: Team) -> None:
    """A request that the head must answer on the day shown."""
    visit = _visit(player, team)
    _asked(visit, _found(visit, "C06", Disposal.TERM, _LONG))


def due_today(player: Player, team: Team) -> None:
    """A visit to make, and something to be put right: at once, or by the day shown."""
    visit = _visit(player, team)
    visit.plan(player.shown)
    ahead = (player.shown - player.until).days
    if ahead:
        _served(visit, _found(visit, "C10", Disposal.TERM, ahead))
    else:
        _served(visit, _found(visit, "C10", Disposal.IMMEDIATE))


def _visit(player: Player, team: Team) -> Visit:
    """To the first premises of a team, by its first two officers: the accounts people try first."""
    premises, manager = team.premises[0]
    lead, second = team.officers[:2]
    return Visit(player, premises, lead, second, manager)


def _found(visit: Visit, code: str, disposal: Disposal, days: int | None = None) -> UUID:
    """The hazard that a visit with this one finding leaves."""
    finding = forms.Found(
        code=code,
        place="二层公共区域",
        text="现场查看，不符合该项要求",
        disposal=disposal,
        term_days=days,
    )
    return visit.make(visit.plan(), [finding], _MINUTES)[0]


def _served(visit: Visit, found: UUID) -> None:
    visit.order(found, "需要采购材料并组织施工")
    visit.serve(found)


def _asked(visit: Visit, found: UUID) -> None:
    _served(visit, found)
    visit.player.act(visit.manager, settlement.request_extension, found, _ASKING)


def _asking_day(until: date, shown: date) -> date:
    """The last day played from which the head's deadline for a request ends on `shown`, or soonest after."""
    days = [until - timedelta(days=back) for back in range(15)]
    ends = {day: rules.deadline("D-EXTENSION", Player.morning(day)).due.date() for day in days}
    soonest = min(end for end in ends.values() if end >= shown)
    return max(day for day in days if ends[day] == soonest)
