"""What a type is counted by, as it declares it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Where a record is counted: its region, what it is, its state."""

    region: str
    facet: str
    state: str

    def columns(self) -> dict[str, str]:
        return {"region": self.region, "facet": self.facet, "state": self.state}

    def above(self, region: str) -> "Key":
        """The same thing counted in a region that holds this one."""
        return Key(region, self.facet, self.state)


@dataclass(frozen=True, slots=True)
class Counted:
    """The columns that say a record's region and what it is (a class, a kind)."""

    region: str
    facet: str

    def key(self, record: Any) -> Key:
        return Key(getattr(record, self.region), getattr(record, self.facet), record.state)
