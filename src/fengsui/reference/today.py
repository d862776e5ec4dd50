"""What the last day of the season shows: for each post something due today and something overdue.

Each piece is begun on the day from which its own deadline leads here; nothing is dated by hand.
"""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from fengsui.platform import rules
from fengsui.platform.calls import Nothing
from fengsui.platform.documents.actions import Serving
from fengsui.platform.who import Who
from fengsui.reference.photos import taken
from fengsui.reference.player import Player, Team
from fengsui.supervision.actions import forms, hazard, inspection, planning, settlement
from fengsui.supervision.lifecycle import Disposal, Result
from fengsui.supervision.queries import checklist, hazards_found

_TERM, _LONG = 10, 45
_ASKING = settlement.Asking(
    days=10, reason="施工单位排期推迟", plan="两周内完工", measures="专人值守，每两小时巡查"
)
Step = tuple[date, Callable[[Team], None]]


def schedule(player: Player) -> list[Step]:
    """What is begun when, oldest first."""
    until = player.until
    return [
        (until - timedelta(days=25), lambda team: overdue(player, team)),
        (_asking_day(until), lambda team: extension(player, team)),
        (until, lambda team: due_today(player, team)),
    ]


def overdue(player: Player, team: Team) -> None:
    """A term that ran out with nobody coming back, an order nobody made, a request nobody answered."""
    visited(player, team, ("C11", Disposal.IMMEDIATE, None))
    served(player, team, visited(player, team, ("C04", Disposal.TERM, _TERM)))
    asked = served(player, team, visited(player, team, ("C13", Disposal.TERM, _LONG)))
    player.act(team.premises[0][1], settlement.request_extension, asked, _ASKING)


def extension(player: Player, team: Team) -> None:
    """A request that the head must answer on the last day."""
    asked = served(player, team, visited(player, team, ("C06", Disposal.TERM, _LONG)))
    player.act(team.premises[0][1], settlement.request_extension, asked, _ASKING)


def due_today(player: Player, team: Team) -> None:
    """A visit to make, and something to be put right at once."""
    planned(player, team)
    served(player, team, visited(player, team, ("C10", Disposal.IMMEDIATE, None)))


def planned(player: Player, team: Team) -> UUID:
    form = forms.Plan(
        premises=team.premises[0][0],
        lead=_post(team.officers[0]),
        second=_post(team.officers[1]),
        planned_on=rules.local_day(player.now),
    )
    return player.act(team.officers[0], planning.plan_inspection, None, form).made


def visited(player: Player, team: Team, fault: tuple[str, Disposal, int | None]) -> UUID:
    """A confirmed visit with one finding; the hazard that it left."""
    code, disposal, days = fault
    lead, second = team.officers[:2]
    visit = planned(player, team)
    player.act(lead, inspection.arrive, visit, forms.Place())
    passed = {item.code: Result.PASS for item in checklist(rules.local_day(player.now))}
    player.act(lead, inspection.record_answers, visit, forms.Answers(answers=passed))
    finding = forms.Found(
        code=code,
        place="二层公共区域",
        text="现场查看，不符合该项要求",
        disposal=disposal,
        term_days=days,
        photos=taken(player, lead, code),
    )
    player.act(lead, inspection.add_finding, visit, finding)
    conclusion = forms.Conclusion(accompanied_by=team.premises[0][1].name)
    player.act(lead, inspection.conclude, visit, conclusion)
    player.act(second, inspection.confirm_record, visit, Nothing())
    return hazards_found(visit)[0]


def served(player: Player, team: Team, found: UUID) -> UUID:
    """The hazard with its order made and served."""
    lead = team.officers[0]
    order = hazard.Order(reason="需要采购材料并组织施工")
    player.act(lead, hazard.order_rectification, found, order)
    receipt = Serving(recipient=team.premises[0][1].name)
    player.act(lead, hazard.serve_order, found, receipt)
    return found


def _asking_day(until: date) -> date:
    """The last day from which the head's deadline for a request ends on `until`, or soonest after it."""
    days = [until - timedelta(days=back) for back in range(15)]
    ends = {day: rules.deadline("D-EXTENSION", Player.morning(day)).due.date() for day in days}
    return max(
        day for day in days if ends[day] == min(end for end in ends.values() if end >= until)
    )


def _post(who: Who) -> UUID:
    if who.post_id is None:
        raise LookupError(f"{who.name} holds no post")
    return who.post_id
