"""The invented register of a county, as rows of the tables that its brigade imports.

Places are drawn as a town has them, and the rulebook says of which class each one is, until every
class has as many as the county gets. As in a real register some say too little, some are doubtful,
a few are there twice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from fengsui.reference.ground import in_town, spot
from fengsui.reference.names import Names
from fengsui.reference.scale import Quota, weight
from fengsui.reference.trades import Trade, trade
from fengsui.registry import classing
from fengsui.registry.grids.lifecycle import Giver, Manner
from fengsui.registry.grids.queries import kinds
from fengsui.registry.lifecycle import PremisesClass
from fengsui.registry.rules import Standards

Row = dict[str, object]
# What is not in order, as a share of all entries.
_INCOMPLETE, _TWICE, _UNPLACED, _MISPLACED = 0.012, 0.004, 0.02, 0.004
_NO_MANAGER, _NO_PHONE, _NO_CODE = 0.06, 0.025, 0.08
_ABROAD = 1.5  # degrees: into another county
# The one name that people look for first when they try the search.
_KNOWN = {
    "150502": Trade(
        ("医院",),
        "医院",
        "卫生",
        0,
        {"beds": (300, 300), "area_m2": (26_000, 26_000)},
        "通辽市医院",
    )
}
_ENTRIES_A_BUILDING, _FEWEST, _MOST = 60, 3, 7
_SHARING = (PremisesClass.ORDINARY, PremisesClass.SMALL)
_SHOPS = frozenset({"商场", "餐饮", "宾馆", "公共娱乐场所", "休闲健身", "诊所", "办公"})
_BUILDINGS = ("商业楼", "综合楼", "商城", "广场")
_CONDITIONS = (
    "行动不便，使用轮椅", "听力较弱，需当面提醒", "高血压，独自居住", "视力较差", "术后恢复，需人照看",
)  # fmt: skip
_NOTES = ("冬季用煤炉取暖", "院内堆放柴草", "电线老化，已提醒更换", "电动车在室内充电，已劝阻", "")
_ENDINGS = (
    ("村民委员会", "村"), ("社区居民委员会", "社区"), ("居民委员会", "社区"), ("村委会", "村"), ("社区居委会", "社区"), ("居委会", "社区"),
)  # fmt: skip
GRID = "01"
_FIRST = 4  # households of the first grid, whose worker's account is printed


@dataclass(frozen=True, slots=True)
class Building:
    """A building that several premises share; `parts` are the places of their rows in the table."""

    name: str
    region: str
    address: str
    parts: Sequence[int]


@dataclass
class County:
    """Draws the tables of one county."""

    seed: int
    code: str
    quota: Quota
    on: date
    random: Random
    names: Names
    premises: list[Row] = field(default_factory=list)
    classes: list[PremisesClass] = field(default_factory=list)
    buildings: list[Building] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def draw(self) -> None:
        """Premises and buildings; each name stands once in the county."""
        current = classing.standards(self.on, self.code)
        left = dict(self.quota.classes)
        villages = list(self.quota.villages)
        weights = [weight(village) for village in villages]
        if known := _KNOWN.get(self.code[:6]):
            self._try(left, current, known, villages[0])
        while any(left.values()):
            village = self.random.choices(villages, weights)[0]
            is_of = self._try(left, current, trade(self.random), village)
            if is_of and left[is_of] and self._is(_TWICE):
                left[is_of] -= 1
                self._add(_once_more(self.premises[-1]), is_of)
        if known:  # what was registered last is found first
            self.premises.append(self.premises.pop(0))
            self.classes.append(self.classes.pop(0))
        self._share_buildings()

    def _try(
        self, left: dict[PremisesClass, int], current: Standards, of: Trade, village: str
    ) -> PremisesClass | None:
        """One place more, if its class has not all of its own yet."""
        row = self._measured(of, village)
        judged = classing.classed_by(current, row, self.on, later=True)["judged_class"]
        is_of = PremisesClass(str(judged))
        if not left[is_of]:
            return None
        left[is_of] -= 1
        self._add(row | self._told(of, row), is_of)
        return is_of

    def _measured(self, of: Trade, village: str) -> Row:
        """What the class hangs on; of some too little is known."""
        row: Row = {"region": village, "kind": of.kind, **of.drawn(self.random)}
        if of.called or not self._is(_INCOMPLETE):
            return row
        kept = {"region"} if self._is(0.3) else {"region", "kind"}
        return {name: value for name, value in row.items() if name in kept}

    def _told(self, of: Trade, row: Row) -> Row:
        names, village = self.names, str(row["region"])
        word = self.random.choice(of.words)
        told: Row = {
            "name": of.called or self._fresh(word),
            "address": self._address(village),
            "industry": of.industry,
            "usage": word[-4:],
            "credit_code": "" if self._is(_NO_CODE) else names.credit_code(),
            "responsible_name": names.person(),
            "responsible_phone": names.phone(),
            "manager_name": names.person(),
            "manager_phone": names.phone(),
            **self._placed(village),
        }
        if of.called:
            return told
        if self._is(_NO_MANAGER):
            told |= {"manager_name": "", "manager_phone": ""}
        if self._is(_NO_PHONE):
            told |= {"responsible_phone": "", "manager_phone": ""}
        return told

    def _is(self, chance: float) -> bool:
        return self.random.random() < chance

    def _fresh(self, word: str) -> str:
        """A name that nobody else in the county has."""
        return self._only(lambda: self.names.stem() + word)

    def _address(self, village: str) -> str:
        """An address that nobody else in the county has."""
        town = in_town(village)
        where, most = ("", 499) if town else (self._called(village), 120)
        return self._only(
            lambda: f"{where}{self.names.road(town=town)}{self.random.randint(1, most)}号"
        )

    def _called(self, village: str) -> str:
        """民航社区居委会 → 民航社区, 东乃营子村委会 → 东乃营子村."""
        name = self.quota.villages[village].split(" ")[-1]
        for ending, short in _ENDINGS:
            if name.endswith(ending):
                return name.removesuffix(ending) + short
        return name

    def _only(self, drawn: Callable[[], str]) -> str:
        while (text := drawn()) in self._taken:
            pass
        self._taken.add(text)
        return text

    def _placed(self, village: str) -> Row:
        if self._is(_UNPLACED):
            return {}
        latitude, longitude = spot(f"{self.seed}/{len(self.premises)}", village)
        abroad = _ABROAD if self._is(_MISPLACED) else 0
        return {"latitude": latitude, "longitude": round(longitude + abroad, 6)}

    def _add(self, row: Row, is_of: PremisesClass) -> None:
        self.premises.append(row)
        self.classes.append(is_of)

    def _share_buildings(self) -> None:
        """Neighbours of one community come under one roof."""
        around: dict[str, list[int]] = {}
        for place, row in enumerate(self.premises):
            region, is_of = str(row["region"]), self.classes[place]
            shop = is_of in _SHARING and row.get("kind") in _SHOPS
            if shop and in_town(region) and not row.get("not_duplicate"):
                around.setdefault(region, []).append(place)
        wanted = len(self.premises) // _ENTRIES_A_BUILDING
        busy = sorted(around, key=lambda region: (-len(around[region]), region))
        for number in range(wanted):
            region = busy[number % len(busy)] if busy else ""
            parts = around.get(region, [])
            take = [
                parts.pop() for _ in range(min(len(parts), self.random.randint(_FEWEST, _MOST)))
            ]
            if len(take) >= _FEWEST:
                self._under_one_roof(region, sorted(take))

    def _under_one_roof(self, region: str, parts: Sequence[int]) -> None:
        first = self.premises[parts[0]]
        where = {name: first.get(name) for name in ("address", "latitude", "longitude")}
        for place in parts:
            self.premises[place] |= {**where, "not_duplicate": True}
        name = self._fresh(self.random.choice(_BUILDINGS))
        self.buildings.append(Building(name, region, str(first["address"]), parts))

    def households(self) -> Iterator[Row]:
        """Households that agreed to be called on, each with a telephone of its own."""
        random, names, phones = self.random, self.names, set[str]()
        villages, words = list(self.quota.villages), list(kinds(self.on))
        for number in range(self.quota.households):
            while (phone := names.phone()) in phones:
                pass
            phones.add(phone)
            village = villages[0] if number < _FIRST else random.choice(villages)
            row: Row = {
                "region": village,
                "grid": GRID,
                "kinds": tuple(random.sample(words, random.choice((1, 1, 1, 2)))),
                "told": True,
                "giver": random.choice((Giver.SELF, Giver.SELF, Giver.GUARDIAN, Giver.RELATIVE)),
                "manner": random.choice((Manner.WRITTEN, Manner.WRITTEN, Manner.SPOKEN)),
                "consented_on": self.on - timedelta(days=random.randint(1, 300)),
                "name": names.person(),
                "phone": phone,
                "address": f"{self._called(village)}{number % 180 + 1}号",
                "notes": random.choice(_NOTES),
            }
            yield row | self._agreed_beyond()

    def _agreed_beyond(self) -> Row:
        """Health and a contact, by an agreement of their own each (个人信息保护法 §29)."""
        said: Row = {}
        if self._is(0.3):
            said |= {"health": True, "condition": self.random.choice(_CONDITIONS)}
        if self._is(0.5):
            person, phone = self.names.person(), self.names.phone()
            said |= {"contact": True, "contact_name": person, "contact_phone": phone}
        return said

    def grids(self) -> Iterator[Row]:
        for code in self.quota.villages:
            yield {"region": code, "number": GRID, "name": f"{self._called(code)}网格"}


def _once_more(row: Mapping[str, object]) -> Row:
    """The same place as somebody else wrote it down: twice in the register, as it happens."""
    again = {
        name: value for name, value in row.items() if name not in ("credit_code", "manager_phone")
    }
    return {**again, "name": f"{row['name']}有限公司", "not_duplicate": True}
