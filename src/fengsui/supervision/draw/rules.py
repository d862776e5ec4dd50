"""The draw itself (双随机抽取, version `hash-rank-1`): from frozen pools and a seed to who inspects what.

Pure: the same inputs give the same result on any machine. Texts are compared as their UTF-8 bytes,
which is the order of Python's strings. Selection is priority sampling: a unit's key is its hash
divided by its weight, the smallest keys of a stratum are drawn.
"""

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

VERSION = "hash-rank-1"
_SCALE = 64  # keys are scaled by 2^64 before the division, so that weights of any size are exact


@dataclass(frozen=True, slots=True)
class Unit:
    """One premises of the pool. `brigade` "" takes officers of any brigade."""

    code: str
    stratum: str
    weight: int
    brigade: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """One officer of the pool: may lead or not, and how many assignments he can take."""

    id: str
    brigade: str
    lead: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Params:
    """How many of each stratum, in which order they are staffed, and who may not inspect what."""

    draw_id: str
    quota: Mapping[str, int]
    order: tuple[str, ...]
    officers_per_unit: int
    reserve: int
    conflicts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Selected:
    """A drawn unit; `officers` is empty when nobody could be assigned, seat 1 first otherwise."""

    code: str
    stratum: str
    rank: int
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a draw decides. `unstaffed` says why: `no_lead` or `too_few`."""

    selected: tuple[Selected, ...]
    reserve: Mapping[str, tuple[str, ...]]
    unstaffed: tuple[tuple[str, str], ...]
    thresholds: Mapping[str, str | None]


@dataclass(slots=True)
class Staffing:
    """Who is left to assign: capacities go down as units are staffed, in staffing order."""

    seed: str
    officers: Sequence[Officer]
    conflicts: frozenset[tuple[str, str]]
    seats: int
    left: dict[str, int] = field(default_factory=dict)
    _of_brigade: dict[str, list[Officer]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left = {officer.id: officer.capacity for officer in self.officers}
        grouped = defaultdict(list)
        for officer in self.officers:
            grouped[officer.brigade].append(officer)
        self._of_brigade = {**grouped, "": list(self.officers)}

    def assign(self, unit: Unit) -> tuple[tuple[str, ...], str]:
        """The officers of a unit and "", or nobody and why not; capacity is used only when all sit."""
        able = self._able(unit)
        lead = next((officer for officer in able if officer.lead), None)
        if lead is None:
            return (), "no_lead"
        rest = [officer for officer in able if officer is not lead]
        rest.sort(key=lambda officer: officer.lead)  # stable: leads come last, each in its order
        team = (lead, *rest[: self.seats - 1])
        if len(team) < self.seats:
            return (), "too_few"
        for officer in team:
            self.left[officer.id] -= 1
        return tuple(officer.id for officer in team), ""

    def _able(self, unit: Unit) -> list[Officer]:
        """Capacity left, no conflict, of the unit's brigade; in the order of this unit's hashes."""
        prefix = f"{self.seed}|officer|{unit.code}|"
        keyed = [
            (_hash(prefix + officer.id), officer.id, officer)
            for officer in self._of_brigade.get(unit.brigade, ())
            if self.left[officer.id] > 0 and (officer.id, unit.code) not in self.conflicts
        ]
        keyed.sort(key=lambda row: row[:2])
        return [officer for _, _, officer in keyed]


def draw(units: Iterable[Unit], officers: Sequence[Officer], params: Params, seed: str) -> Result:
    """Draw `quota` units of each stratum and staff them. Inputs are checked by their reader."""
    ranked = _ranked(units, params, seed)
    by_id = sorted(officers, key=lambda officer: officer.id)
    staffing = Staffing(seed, by_id, frozenset(params.conflicts), params.officers_per_unit)
    selected: list[Selected] = []
    unstaffed: list[tuple[str, str]] = []
    for stratum in params.order:
        drawn = ranked[stratum][: params.quota[stratum]]
        for rank, unit in enumerate(drawn, start=1):
            team, why = staffing.assign(unit)
            selected.append(Selected(unit.code, stratum, rank, team))
            if why:
                unstaffed.append((unit.code, why))
    return Result(
        tuple(selected),
        {stratum: _after(ranked[stratum], params, stratum) for stratum in params.order},
        tuple(unstaffed),
        {stratum: _threshold(ranked[stratum], params, stratum) for stratum in params.order},
    )


def key_of(seed: str, code: str, weight: int) -> int:
    """The rank key of a unit: floor(H(seed|unit|code) · 2^64 / weight)."""
    return (_hash(f"{seed}|unit|{code}") << _SCALE) // weight


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")


def _ranked(units: Iterable[Unit], params: Params, seed: str) -> dict[str, list[Unit]]:
    """Per stratum the first `quota + reserve + 1` units by (key, code)."""
    prefix = f"{seed}|unit|".encode()
    started = hashlib.sha256(prefix)
    keyed: dict[str, list[tuple[int, str, Unit]]] = {stratum: [] for stratum in params.quota}
    for unit in units:
        pool = keyed.get(unit.stratum)
        if pool is not None:
            hashed = started.copy()
            hashed.update(unit.code.encode())
            key = (int.from_bytes(hashed.digest(), "big") << _SCALE) // unit.weight
            pool.append((key, unit.code, unit))
    return {
        stratum: [
            row[2] for row in heapq.nsmallest(params.quota[stratum] + params.reserve + 1, pool)
        ]
        for stratum, pool in keyed.items()
    }


def _after(ranked: list[Unit], params: Params, stratum: str) -> tuple[str, ...]:
    quota = params.quota[stratum]
    return tuple(unit.code for unit in ranked[quota : quota + params.reserve])


def _threshold(ranked: list[Unit], params: Params, stratum: str) -> str | None:
    """The first unit not drawn: estimates need its key."""
    quota = params.quota[stratum]
    return ranked[quota].code if len(ranked) > quota else None
