"""Reading kept counts: always the sum of what was folded and what has changed since."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from fengsui.platform.counters.declared import Key
from fengsui.platform.counters.models import Change, Count
from fengsui.platform.counters.store import upwards
from fengsui.platform.records import RecordType
from fengsui.platform.regions.models import within


def counts(of: RecordType[Any], regions: Sequence[str], inside: str) -> Counter[Key]:
    """The counts of `regions`, all of which lie in the region `inside`."""
    kept = Count.objects.filter(kind=of.name, region__in=regions)
    found: Counter[Key] = Counter()
    for row in kept:
        found[Key(row.region, row.facet, row.state)] += row.number
    fresh: Counter[Key] = Counter()
    for change in Change.objects.filter(within(inside), kind=of.name):
        fresh[Key(change.region, change.facet, change.state)] += change.step
    for key, step in upwards(fresh).items():
        if key.region in regions:
            found[key] += step
    return found
