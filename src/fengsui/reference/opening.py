"""How a county begins: its brigade, its grids with their workers, and its register, brought in by table."""

from collections.abc import Callable
from random import Random
from uuid import UUID

from fengsui.kernel.ids import new_id
from fengsui.platform.accounts.actions import (
    Appointment,
    NewOrganisation,
    appoint,
    create_organisation,
)
from fengsui.platform.accounts.models import OrganisationKind
from fengsui.platform.regions.models import Region
from fengsui.platform.regions.queries import below
from fengsui.platform.rules import local_day
from fengsui.platform.who import CLOCK, PostKind, Who
from fengsui.reference.names import Names
from fengsui.reference.player import Account, Player, Team
from fengsui.reference.register import County
from fengsui.reference.scale import Quota
from fengsui.registry.actions import (
    BuildingFacts,
    CommonParts,
    Part,
    name_common_manager,
    place_in_building,
    register_building,
)
from fengsui.registry.grids.actions import assign_worker
from fengsui.registry.grids.actions.assignments import NewAssignment
from fengsui.registry.grids.importers import GRID_TABLE, HOUSEHOLD_TABLE
from fengsui.registry.grids.queries import grids_at
from fengsui.registry.importers import PREMISES
from fengsui.registry.lifecycle import PremisesClass
from fengsui.registry.models import Premises
from fengsui.registry.queries import places_of

_WORDS = {
    "150502": "科区", "150521": "科左中", "150522": "科左后", "150523": "开鲁", "150524": "库伦",
    "150525": "奈曼", "150526": "扎鲁特", "150571": "开发区", "150581": "霍林",
}  # fmt: skip
_GRID_COLUMNS = {"region": "区划代码", "grid": "网格编号"}
_UNNAMED = 0.2  # buildings in which nobody answers for the common parts yet
Told = Callable[[str, int], None]


def opened(player: Player, county: Region, quota: Quota, visited: int, told: Told) -> Team:
    """A county with everything that stands before the first visit. `told(words, rows)` hears of progress."""
    with player.part("机构和人员"):
        team = _brigade(player, county)
    opening = _Opening(player, county, quota, team, told)
    opening.grids()
    opening.premises(visited)
    opening.households()
    return team


def _brigade(player: Player, county: Region) -> Team:
    """A head and four supervisors."""
    code, title = county.code, f"{county.name}消防救援大队"
    word = _WORDS.get(code[:6], county.name)
    form = NewOrganisation(name=title, kind=OrganisationKind.BRIGADE, region=code, word=word)
    made, short = player.act(CLOCK, create_organisation, None, form).made, code[4:6]
    head = player.person(made, PostKind.BRIGADE_HEAD, f"head{short}", code, title)
    officers = [
        player.person(made, PostKind.SUPERVISOR, f"officer{short}.{number}", code, title)
        for number in range(1, 5)
    ]
    return Team(made, code, head, officers, [])


class _Opening:
    """One county; what is brought in is brought in by the first of its officers."""

    def __init__(
        self, player: Player, county: Region, quota: Quota, team: Team, told: Told
    ) -> None:
        self.player, self.county, self.quota, self.team = player, county, quota, team
        self._told = told
        random = Random(f"{player.seed}/{county.code}")  # noqa: S311  a scenario, not a secret
        today = local_day(player.now)
        names = Names(random, county.code[4:6])
        self.drawn = County(player.seed, county.code, quota, today, random, names)

    @property
    def officer(self) -> Who:
        return self.team.officers[0]

    def _say(self, what: str) -> Callable[[int], None]:
        return lambda rows: self._told(f"{self.county.name} {what}", rows)

    def grids(self) -> None:
        """A grid and a worker for each village; the worker belongs to the township."""
        count, villages = len(self.quota.villages), self.quota.villages
        with self.player.part("网格", count):
            said = self._say("网格")
            self.player.bring_in(self.officer, GRID_TABLE, self.drawn.grids(), {}, said)
        with self.player.part("网格员账号和指派", count):
            towns = self._townships()
            workers = {code: new_id() for code in villages}
            forms = [self._worker(n, code, towns) for n, code in enumerate(villages, start=1)]
            rows = list(zip(workers.values(), forms, strict=True))
            self.player.act_many(self.officer, appoint, rows)
            self._say("网格员")(count)
            found = grids_at(self.officer, villages)
            walks = [
                (None, NewAssignment(grid=grid.id, post=workers[grid.region]))
                for _place, grid in sorted(found.items())
            ]
            self.player.act_many(self.officer, assign_worker, walks)
            self._say("网格员")(count)

    def _townships(self) -> dict[str, UUID]:
        """The organisations of the townships and subdistricts, by nine digits."""
        found = [(new_id(), place) for place in below(self.county.code)]
        forms = [
            (made, NewOrganisation(name=f"{self.county.name}{place.name}", kind=OrganisationKind.TOWNSHIP, region=place.code))
            for made, place in found
        ]  # fmt: skip
        self.player.act_many(CLOCK, create_organisation, forms)
        return {place.code[:9]: made for made, place in found}

    def _worker(self, number: int, village: str, towns: dict[str, UUID]) -> Appointment:
        username = f"grid{self.county.code[4:6]}.{number}"
        if number == 1:
            title = self.quota.villages[village]
            self.player.accounts.append(Account(username, PostKind.GRID_WORKER, title, village))
        return Appointment(
            username=username, name=self.drawn.names.person(), phone=self.drawn.names.phone(),
            organisation=towns[village[:9]], kind=PostKind.GRID_WORKER, region=village,
        )  # fmt: skip

    def premises(self, visited: int) -> None:
        """The register, the buildings that some share, and the managers of those that are visited."""
        with self.player.part("监管对象", sum(self.quota.classes.values())):
            self.drawn.draw()
            rows, said = self.drawn.premises, self._say("监管对象")
            self.player.bring_in(self.officer, PREMISES, rows, {}, said)
        with self.player.part("共用建筑"):
            self._buildings()
        with self.player.part("机构和人员"):
            self._managers(visited)

    def _code(self, place: int) -> str:
        """The number that the register gave the row at this place of the table."""
        return f"{self.county.code[:6]}{place + 1:07d}"

    def _found(self, places: list[int]) -> list[Premises]:
        codes = [self._code(place) for place in places]
        by_code = {one.code: one for one in places_of(self.officer, codes, ())}
        return [by_code[code] for code in codes]

    def _buildings(self) -> None:
        made = [(new_id(), one) for one in self.drawn.buildings]
        forms = [
            (id_, BuildingFacts(name=one.name, region=one.region, address=one.address, floors=4))
            for id_, one in made
        ]
        self.player.act_many(self.officer, register_building, forms)
        inside = [(id_, self._found(list(one.parts))) for id_, one in made]
        parts = [
            (one.id, Part(building=id_, building_part=f"{floor % 4 + 1}层"))
            for id_, found in inside
            for floor, one in enumerate(found)
        ]
        self.player.act_many(self.officer, place_in_building, parts)
        named = [
            (id_, CommonParts(premises=found[0].id))
            for id_, found in inside
            if self.drawn.random.random() >= _UNNAMED
        ]
        self.player.act_many(self.officer, name_common_manager, named)

    def _managers(self, visited: int) -> None:
        """Every other place that is visited is a key unit; what was registered last comes first."""
        large = (PremisesClass.HIGH_RISK, PremisesClass.KEY)
        whole = [n for n, row in enumerate(self.drawn.premises) if row["manager_name"]][::-1]
        key = [n for n in whole if self.drawn.classes[n] in large]
        other = [n for n in whole if self.drawn.classes[n] not in large]
        half = min((visited + 1) // 2, len(key))
        chosen = key[:half] + other[: visited - half]
        for number, one in enumerate(self._found(chosen)):
            username = f"manager{self.county.code[4:6]}.{number}"
            manager = self.player.person(
                one.unit_id, PostKind.PREMISES_MANAGER, username, one.region, one.name, one.manager_name
            )  # fmt: skip
            self.team.premises.append((one.id, manager))

    def households(self) -> None:
        with self.player.part("风险户", self.quota.households):
            rows, said = self.drawn.households(), self._say("风险户")
            self.player.bring_in(self.officer, HOUSEHOLD_TABLE, rows, _GRID_COLUMNS, said)
