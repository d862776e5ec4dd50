"""The running numbers of the register: six digits of the county and seven of the place in its series."""

from collections.abc import Iterator

from fengsui.platform.inserts import insert
from fengsui.registry.models import CodeSeries

_TAKEN = (
    "ON CONFLICT (county) DO UPDATE SET last = registry_codeseries.last + excluded.last "
    "RETURNING last"
)


def codes(region: str, count: int = 1) -> Iterator[str]:
    """`count` fresh codes in a region's county. The series stays locked until commit."""
    county = region[:6]
    (last,) = insert(CodeSeries, {"county": county, "last": count}, _TAKEN)
    return (f"{county}{number:07d}" for number in range(last - count + 1, last + 1))
