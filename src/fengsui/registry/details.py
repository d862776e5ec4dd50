"""What belongs to a premises beside its own fields, as plain values."""

from collections.abc import Mapping

from fengsui.platform.who import Who
from fengsui.registry.models import Premises
from fengsui.registry.queries import region_names


def of_premises(record: Premises, who: Who) -> Mapping[str, object]:
    """Its class and region by name."""
    return {
        "class_title": record.class_title,
        "region_name": region_names({record.region}).get(record.region, ""),
    }
