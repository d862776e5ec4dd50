"""A season of inspections, played through the same actions that people take, at simulated times.

Everything comes from one seed and one end date: the same seed, day and version give the same
ledger root. The relay, the clock and the sealer are stepped by the player.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fengsui.kernel.ids import Seeded
from fengsui.platform.accounts.actions import (
    Appointment,
    NewCertificate,
    NewOrganisation,
    appoint,
    create_organisation,
    register_certificate,
)
from fengsui.platform.accounts.models import OrganisationKind
from fengsui.platform.accounts.queries import actor_of
from fengsui.platform.actions import Action, perform
from fengsui.platform.calls import Call, Done, Form, Way
from fengsui.platform.ledger import store as ledger
from fengsui.platform.regions.queries import below
from fengsui.platform.who import CLOCK, PostKind, Who
from fengsui.platform.worklist import sweep
from fengsui.reference.ground import spot
from fengsui.reference.names import Names
from fengsui.registry.actions import Facts, register_premises

CHINA = ZoneInfo("Asia/Shanghai")
PREFECTURE = "150500000000"
SEASON_DAYS = 90
_WORDS = {
    "150502": "科区", "150521": "科左中", "150522": "科左后", "150523": "开鲁", "150524": "库伦",
    "150525": "奈曼", "150526": "扎鲁特", "150571": "开发区", "150581": "霍林",
}  # fmt: skip


@dataclass
class Team:
    """A brigade: its posts as actors, and its premises with their managers."""

    brigade: UUID
    region: str
    head: Who
    officers: list[Who]
    premises: list[tuple[UUID, Who]]


@dataclass
class Account:
    user: str
    post: str
    organisation: str
    region: str


class Player:
    """Plays; `now` is the simulated moment, `act` does one action as somebody at that moment.

    `until` is the last day played; on `shown`, that day or a later one, people look at what is left.
    """

    def __init__(
        self, seed: int, until: date, days: int = SEASON_DAYS, shown: date | None = None
    ) -> None:
        self.seed = seed
        self.random = Random(seed)  # noqa: S311  a scenario, not a secret
        self.until, self.days, self.shown = until, days, shown or until
        self.names = Names(self.random)
        self.now = self.morning(until - timedelta(days=days))
        self.accounts: list[Account] = []
        self._calls = 0
        self.source = Seeded(Random(seed + 1), lambda: self.now)  # noqa: S311

    @staticmethod
    def morning(day: date, hour: int = 9) -> datetime:
        return datetime.combine(day, time(hour), CHINA)

    def act(self, who: Who, declared: Action[Any], record: UUID | None, form: Form) -> Done:
        self._calls += 1
        self.now += timedelta(seconds=7)
        call = Call(who, Way.COMMAND, f"demo-{self._calls}", self.now, self.now)
        return perform(declared, record, call, form)

    def step(self) -> None:
        """What the worker does between people's actions."""
        sweep.mark_late(self.now, limit=1_000)
        while ledger.seal(self.now, limit=5_000):
            pass
        ledger.sign(self.now)

    def person(
        self, organisation: UUID, kind: PostKind, username: str, region: str, title: str
    ) -> Who:
        """Appoint somebody; officers get a certificate."""
        form = Appointment(
            username=username, name=self.names.person(), phone=self.names.phone(),
            organisation=organisation, kind=kind, region=region,
        )  # fmt: skip
        post = self.act(CLOCK, appoint, None, form).made
        if kind in (PostKind.SUPERVISOR, PostKind.BRIGADE_HEAD):
            paper = NewCertificate(
                username=username, number=f"蒙消{len(self.accounts) + 150501}",
                issued_on=self.until - timedelta(days=self.days + 700), valid_until=self.until + timedelta(days=1000),
            )  # fmt: skip
            self.act(CLOCK, register_certificate, None, paper)
        self.accounts.append(Account(username, kind.value, title, region))
        return actor_of(post)


def people(player: Player) -> None:
    """The detachment with its leader, legal officer and window; the three administrators."""
    form = NewOrganisation(
        name="通辽市消防救援支队", kind=OrganisationKind.DETACHMENT, region=PREFECTURE, word="通"
    )
    detachment = player.act(CLOCK, create_organisation, None, form).made
    for kind, username in (
        (PostKind.DETACHMENT_LEADER, "leader"),
        (PostKind.LEGAL_OFFICER, "legal"),
        (PostKind.WINDOW_CLERK, "window"),
    ):
        player.person(detachment, kind, username, PREFECTURE, "通辽市消防救援支队")
    form = NewOrganisation(name="系统运行", kind=OrganisationKind.OPERATOR, region=PREFECTURE)
    operator = player.act(CLOCK, create_organisation, None, form).made
    for kind, username in (
        (PostKind.SYSTEM_ADMIN, "system"),
        (PostKind.SECURITY_ADMIN, "security"),
        (PostKind.AUDIT_ADMIN, "audit"),
    ):
        player.person(operator, kind, username, PREFECTURE, "系统运行")


def brigade(player: Player, code: str, name: str, places: int) -> Team:
    """A county's brigade: a head, four supervisors, its premises and their managers."""
    title = f"{name}消防救援大队"
    form = NewOrganisation(
        name=title, kind=OrganisationKind.BRIGADE, region=code, word=_WORDS.get(code[:6], name)
    )
    made = player.act(CLOCK, create_organisation, None, form).made
    short = code[4:6]
    head = player.person(made, PostKind.BRIGADE_HEAD, f"head{short}", code, title)
    officers = [
        player.person(made, PostKind.SUPERVISOR, f"officer{short}.{number}", code, title)
        for number in range(1, 5)
    ]
    townships = [region.code for region in below(code)]
    premises = [
        place(player, officers[0], player.random.choice(townships), f"{short}.{n}")
        for n in range(places)
    ]
    return Team(made, code, head, officers, premises)


def place(player: Player, officer: Who, region: str, tag: str) -> tuple[UUID, Who]:
    """A premises entered by hand, and the account of its manager."""
    name, kind, measures = player.names.premises()
    latitude, longitude = spot(f"{player.seed}/{tag}", region)
    facts = Facts(
        latitude=latitude, longitude=longitude,
        name=f"{name}（{tag.split('.')[-1]}号店）" if int(tag.split(".")[-1]) % 3 == 0 else name,
        region=region, address=player.names.address(), kind=kind, usage=name[-4:],
        floors=player.random.randint(1, 8), not_duplicate=True,
        responsible_name=player.names.person(), responsible_phone=player.names.phone(),
        manager_name=player.names.person(), manager_phone=player.names.phone(),
        **measures,
    )  # fmt: skip
    done = player.act(officer, register_premises, None, facts)
    unit = UUID(str(done.result["unit"]))
    manager = player.person(unit, PostKind.PREMISES_MANAGER, f"manager{tag}", region, facts.name)
    return done.made, manager
