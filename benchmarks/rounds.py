"""Two sides measured in turn: shared machines are noisy, so only ratios within one run count."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

# One operation, prepared by itself; the seconds that it took without its preparation.
Side = Callable[[], float]


@dataclass(frozen=True)
class Spread:
    """Median, least and most of the rounds."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: list[float]) -> "Spread":
        return cls(median(values), min(values), max(values))


@dataclass(frozen=True)
class Size:
    """How long a figure is measured: rounds, operations of each side in one round; rows of a table."""

    rounds: int = 7
    times: int = 8
    rows: int = 20_000


SHORT = Size(rounds=1, times=1, rows=1_000)


@dataclass(frozen=True)
class Line:
    """One line of a table: milliseconds of both sides, and ours over the baseline, per round."""

    title: str
    against: str
    ours: Spread
    baseline: Spread
    ratio: Spread

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Line":
        spreads = {name: Spread(**said[name]) for name in ("ours", "baseline", "ratio")}
        return cls(title=said["title"], against=said["against"], **spreads)


def measure(title: str, against: str, ours: Side, baseline: Side, size: Size) -> Line:
    """Both sides in turn, in every round the other one first; one of each before it counts."""
    ours(), baseline()
    rounds = [_round(ours, baseline, size.times, number % 2 == 0) for number in range(size.rounds)]
    return Line(
        title,
        against,
        Spread.of([1000 * mine for mine, _ in rounds]),
        Spread.of([1000 * theirs for _, theirs in rounds]),
        Spread.of([mine / theirs for mine, theirs in rounds]),
    )


def _round(ours: Side, baseline: Side, times: int, ours_first: bool) -> tuple[float, float]:
    """Median seconds of one operation of each side; single operations alternate."""
    mine, theirs = [], []
    for _ in range(times):
        if ours_first:
            mine.append(ours())
            theirs.append(baseline())
        else:
            theirs.append(baseline())
            mine.append(ours())
    return median(mine), median(theirs)
