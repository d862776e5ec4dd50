"""By what visits and hazards are found: number, what is wrong, and where."""

from fengsui.platform.search.declared import Found, found_by
from fengsui.supervision.models import Hazard, Inspection


def _inspection(inspection: Inspection) -> Found:
    return Found(
        names=(inspection.number, inspection.premises.name),
        regions=(inspection.region,),
        units=(inspection.premises.unit_id,),
    )


def _hazard(hazard: Hazard) -> Found:
    return Found(
        names=(hazard.number, hazard.title, hazard.premises.name),
        regions=(hazard.region,),
        units=(hazard.premises.unit_id,),
    )


INSPECTIONS_FOUND_BY = found_by(_inspection, "number", "region", related=("premises",))
HAZARDS_FOUND_BY = found_by(_hazard, "number", "title", "region", related=("premises",))
