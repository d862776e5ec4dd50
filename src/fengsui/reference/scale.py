"""How much is played: the numbers of the scenario, and which part of them a county gets."""

from collections.abc import Mapping
from dataclasses import dataclass

from fengsui.reference.ground import in_town
from fengsui.registry.lifecycle import PremisesClass

# 500 key units, of which some are of high risk; 2,000 ordinary ones; 9,000 of the small kinds. One
# entry in a hundred lacks what its class hangs on.
REGISTER: Mapping[PremisesClass, int] = {
    PremisesClass.HIGH_RISK: 12,
    PremisesClass.KEY: 488,
    PremisesClass.ORDINARY: 2_000,
    PremisesClass.SMALL: 9_000,
    PremisesClass.UNJUDGED: 115,
}
HOUSEHOLDS = 3_000
_TOWN_WEIGHT = 8  # a community of townspeople has as many premises as so many villages


@dataclass(frozen=True, slots=True)
class Scale:
    """`brigades` counties; in each so many premises are `visited`; `visits` a working day in all.

    `share` is the part of the register, and of the villages with their grids, that is played: less
    than all of it only in tests that look at something else.
    """

    brigades: int
    visited: int
    visits: float
    share: float = 1.0


SMALL = Scale(1, 8, 0.6)
FULL = Scale(9, 12, 3.0)
SCALES = {"small": SMALL, "full": FULL}


@dataclass(frozen=True, slots=True)
class Quota:
    """What one county gets: how many premises of each class, how many households, which villages."""

    classes: Mapping[PremisesClass, int]
    households: int
    villages: Mapping[str, str]

    @property
    def rows(self) -> int:
        """How many rows its tables have: each village has a grid, a worker, and an assignment."""
        return sum(self.classes.values()) + self.households + 3 * len(self.villages)


def quotas(villages: Mapping[str, Mapping[str, str]], share: float) -> dict[str, Quota]:
    """County → its part of the scenario. `villages`: county → village-level code → name, of all counties."""
    weights = {county: sum(map(weight, codes)) for county, codes in villages.items()}
    classes = {one: shares(round(total * share), weights) for one, total in REGISTER.items()}
    homes = shares(round(HOUSEHOLDS * share), {c: len(codes) for c, codes in villages.items()})
    return {
        county: Quota(
            {one: classes[one][county] for one in REGISTER},
            homes[county],
            dict(list(codes.items())[: max(1, round(len(codes) * share))]),
        )
        for county, codes in villages.items()
    }


def weight(village: str) -> int:
    """How many premises stand here, against others."""
    return _TOWN_WEIGHT if in_town(village) else 1


def shares(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """`total` divided by weight, whole numbers that add up to it (largest remainder first)."""
    whole = sum(weights.values())
    exact = {name: total * one / whole for name, one in weights.items()}
    found = {name: int(part) for name, part in exact.items()}
    by_rest = sorted(exact, key=lambda name: (found[name] - exact[name], name))
    for name in by_rest[: total - sum(found.values())]:
        found[name] += 1
    return found
