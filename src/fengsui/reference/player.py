"""A season of inspections, played through the same actions that people take, at simulated times.

Everything comes from one seed and one end date: the same seed, day and version give the same
ledger root. The relay, the clock and the sealer are stepped by the player.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fengsui.kernel.ids import Seeded, new_id
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
from fengsui.platform.actions import Action, perform, perform_many
from fengsui.platform.calls import Call, Done, Form, Way
from fengsui.platform.imports import parts
from fengsui.platform.imports.course import Steady
from fengsui.platform.imports.kinds import TableKind
from fengsui.platform.imports.walking import walk
from fengsui.platform.jobs.kinds import Work
from fengsui.platform.ledger import store as ledger
from fengsui.platform.who import CLOCK, PostKind, Who
from fengsui.platform.worklist import sweep
from fengsui.reference.names import Names
from fengsui.reference.sheets import sheet

CHINA = ZoneInfo("Asia/Shanghai")
PREFECTURE = "150500000000"
SEASON_DAYS = 90
Told = Callable[[int], None]


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


@dataclass
class Part:
    """What one part of the play cost: ledger entries, rows of tables, seconds by the wall and of a core."""

    entries: int = 0
    rows: int = 0
    seconds: float = 0.0
    cpu: float = 0.0


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
        self.parts: dict[str, Part] = {}
        self._calls = 0
        self.source = Seeded(Random(seed + 1), lambda: self.now)  # noqa: S311

    @staticmethod
    def morning(day: date, hour: int = 9) -> datetime:
        return datetime.combine(day, time(hour), CHINA)

    @contextmanager
    def part(self, title: str, rows: int = 0) -> Iterator[None]:
        """What is played inside counts to one part of the play."""
        wall, cpu, before = perf_counter(), process_time(), ledger.entries()
        yield
        found = self.parts.setdefault(title, Part())
        found.entries += ledger.entries() - before
        found.rows += rows
        found.seconds += perf_counter() - wall
        found.cpu += process_time() - cpu

    def act(self, who: Who, declared: Action[Any], record: UUID | None, form: Form) -> Done:
        return perform(declared, record, self._call(who), form)

    def act_many(
        self, who: Who, declared: Action[Any], rows: Sequence[tuple[UUID | None, Form]]
    ) -> None:
        """The same action on many rows: one entry."""
        if rows:
            perform_many(declared, rows, self._call(who))

    def _call(self, who: Who) -> Call:
        self._calls += 1
        self.now += timedelta(seconds=7)
        return Call(who, Way.COMMAND, f"demo-{self._calls}", self.now, self.now)

    def bring_in(
        self,
        who: Who,
        kind: TableKind,
        rows: Iterable[Mapping[str, object]],
        keys: Mapping[str, str],
        told: Told,
    ) -> None:
        """Import a table as a person does; `told` hears how many more rows are in. All must go in."""
        data = sheet(kind, rows, keys)
        with TemporaryDirectory(prefix="fengsui-demo-") as folder:
            said = {"name": f"{kind.title}.csv", "mode": ""}
            work = Work(new_id(), who, said, {}, 0, 0, Path(folder))
            before = 0
            for done in walk(kind, work, lambda: data, Steady()):
                self.now += timedelta(seconds=20)
                told(done.done - before)
                before = done.done
            if faults := list(parts.faults(Path(folder))):
                raise AssertionError(faults[:3])

    def step(self) -> None:
        """What the worker does between people's actions."""
        sweep.mark_late(self.now, limit=1_000)
        while ledger.seal(self.now, limit=5_000):
            pass
        ledger.sign(self.now)

    def person(
        self,
        organisation: UUID,
        kind: PostKind,
        username: str,
        region: str,
        title: str,
        name: str = "",
    ) -> Who:
        """Appoint somebody; officers get a certificate."""
        form = Appointment(
            username=username, name=name or self.names.person(), phone=self.names.phone(),
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
