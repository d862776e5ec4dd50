"""One day of the season after the other: what falls due is done, mostly; new visits are made."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fengsui.kernel.workdays import shipped_calendar
from fengsui.platform.calls import Nothing
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who
from fengsui.reference.player import Player, Team
from fengsui.reference.visits import Visit
from fengsui.supervision.actions import (
    forms,
    hazard,
    inspection,
    reinspection,
    settlement,
)
from fengsui.supervision.lifecycle import Disposal
from fengsui.supervision.queries import term_of

_FAULTS = (
    ("C04", "二层疏散通道", "堆放杂物，占用疏散通道", "需要清运并另设库房"),
    ("C06", "一层大厅", "灭火器压力不足，未及时更换", "需要采购更换灭火器"),
    ("C11", "后厨", "电气线路敷设不规范，未穿管保护", "需要委托电工改造线路"),
    ("C13", "三层外窗", "外窗设置金属栅栏，影响逃生救援", "需要拆除栅栏并修复外窗"),
    ("C10", "前台", "未按期组织员工消防培训和演练", "需要组织培训并完成演练"),
)
_TERMS = (3, 7, 10, 15, 30)


@dataclass
class Open:
    """A hazard on its way, with whom it concerns."""

    hazard: UUID
    team: Team
    lead: Who
    second: Who
    manager: Who
    revisit_on: date


class Season:
    """Keeps what is under way from one day to the next."""

    def __init__(self, player: Player, teams: list[Team], visits: float) -> None:
        self.player, self.teams, self.visits = player, teams, visits
        self.open: list[Open] = []

    def play(self, day: date) -> None:
        calendar = shipped_calendar()
        if not calendar.is_working_day_provisional(day, party=False):
            return
        last = day == self.player.until
        for team in self.teams:
            if self.player.random.random() < self.visits / len(self.teams):
                self._visit(team, stop_early=last)
        for case in [case for case in self.open if case.revisit_on <= day and not last]:
            self._revisit(case, day)

    def _visit(self, team: Team, stop_early: bool) -> None:
        random = self.player.random
        premises, manager = random.choice(team.premises)
        lead, second = random.sample(team.officers, 2)
        visit = Visit(self.player, premises, lead, second, manager)
        planned = visit.plan()
        if stop_early:
            return
        if random.random() < 0.06:
            failure = forms.Failure(
                why=random.choice(("closed", "moved", "refused")), note="到场未能检查，已拍照"
            )
            self.player.act(visit.lead, inspection.give_up, planned, failure)
            return
        faults = random.sample(_FAULTS, random.choice((0, 1, 1, 2, 3)))
        findings = [self._finding(code, place, text) for code, place, text, _reason in faults]
        reason = faults[0][3] if faults else "需要时间组织改正"
        for found in visit.make(planned, findings, random.randint(30, 80)):
            self._order(found, team, visit, reason)

    def _finding(self, code: str, place: str, text: str) -> forms.Found:
        chance = self.player.random.random()
        if chance < 0.2:
            seen = "单位当场整改，复看已改正"
            return forms.Found(
                code=code, place=place, text=text, disposal=Disposal.CORRECTED, corrected=seen
            )
        if chance < 0.35:
            return forms.Found(code=code, place=place, text=text, disposal=Disposal.IMMEDIATE)
        term = self.player.random.choice(_TERMS)
        return forms.Found(
            code=code, place=place, text=text, disposal=Disposal.TERM, term_days=term
        )

    def _order(self, found: UUID, team: Team, visit: Visit, reason: str) -> None:
        player, day = self.player, local_day(self.player.now)
        if player.random.random() < 0.05:
            return  # an order that nobody has made yet: somebody's task
        visit.order(found, reason)
        if player.random.random() < 0.04:
            return
        visit.serve(found)
        due, at_once = term_of(found)
        wait = 0 if at_once else player.random.choice((-2, 0, 1, 2, 2))
        revisit = max(day, due + timedelta(days=wait))
        self.open.append(Open(found, team, visit.lead, visit.second, visit.manager, revisit))
        if not at_once and player.random.random() < 0.12:
            self._extend(self.open[-1])

    def _extend(self, case: Open) -> None:
        asking = settlement.Asking(
            days=7,
            reason="设备到货推迟",
            plan="到货当日安装完毕",
            measures="专人值守，每两小时巡查一次",
        )
        self.player.act(case.manager, settlement.request_extension, case.hazard, asking)
        chance = self.player.random.random()
        if chance < 0.5:
            self.player.act(
                case.team.head,
                settlement.grant_extension,
                case.hazard,
                settlement.Answering(reason="理由属实，同意"),
            )
            case.revisit_on = term_of(case.hazard)[0] + timedelta(days=1)
        elif chance < 0.8:
            self.player.act(
                case.team.head,
                settlement.refuse_extension,
                case.hazard,
                settlement.Answering(reason="理由不足"),
            )

    def _revisit(self, case: Open, day: date) -> None:
        player, random = self.player, self.player.random
        self.open.remove(case)
        if random.random() < 0.08 or case.second.post_id is None:
            return  # forgotten: it turns up as overdue
        evidence = hazard.Evident(text="已按通知书要求改正，现场照片存档备查")
        player.act(case.manager, hazard.submit_evidence, case.hazard, evidence)
        form = reinspection.Reinspect(hazard=case.hazard, second=case.second.post_id)
        visit = player.act(case.lead, reinspection.start_reinspection, None, form).made
        player.act(case.lead, inspection.arrive, visit, forms.Place())
        passed = random.random() < 0.85
        seen = reinspection.Reconclusion(
            accompanied_by=case.manager.name, passed=passed,
            remarks="现场查看，问题已消除" if passed else "现场查看，问题仍然存在",
        )  # fmt: skip
        player.now += timedelta(minutes=20)
        player.act(case.lead, reinspection.conclude_reinspection, visit, seen)
        player.act(case.second, inspection.confirm_record, visit, Nothing())
        if not passed and random.random() < 0.6:
            case.revisit_on = day + timedelta(days=random.randint(4, 9))
            self.open.append(case)
