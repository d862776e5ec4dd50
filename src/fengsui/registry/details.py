"""What belongs to a record of the register beside its own fields, as plain values."""

from collections.abc import Mapping

from fengsui.platform.regions.queries import names
from fengsui.platform.who import Who
from fengsui.registry.models import Building, Premises
from fengsui.registry.queries import parts_of


def of_premises(record: Premises, who: Who) -> Mapping[str, object]:
    """Its class and region by name, and why it is of this class."""
    return {
        "class_title": record.class_title,
        "judged_title": record.judged_title,
        "region_name": names({record.region}).get(record.region, ""),
    }


def of_building(record: Building, who: Who) -> Mapping[str, object]:
    """The premises that share it, as far as one may see them."""
    return {
        "region_name": names({record.region}).get(record.region, ""),
        "premises": [{"id": row.id, "name": row.name} for row in parts_of(who, record)],
    }
