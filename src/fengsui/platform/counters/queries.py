"""Reading kept counts: always the sum of what was folded and what has changed since."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Sum

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
    changes = Change.objects.filter(within(inside), kind=of.name)
    summed = changes.values_list("region", "facet", "state").annotate(Sum("step"))
    for region, facet, state, steps in summed:
        fresh[Key(region, facet, state)] = steps
    for key, step in upwards(fresh).items():
        if key.region in regions:
            found[key] += step
    return found
