"""What belongs to a grid and to a household beside their own fields, as plain values."""

from collections.abc import Mapping

from fengsui.platform.who import Who
from fengsui.registry.grids import queries
from fengsui.registry.grids.models import Grid, Household


def of_grid(record: Grid, who: Who) -> Mapping[str, object]:
    """Who walks it, out of which grids it came and which came out of it."""
    origins, following = queries.successions(record)
    return {
        "workers": [
            {"post": row.post_id, "name": row.post.user.name, "from_on": row.from_on}
            for row in queries.assignments_of(record)
            if row.until_on is None
        ],
        "origins": [
            {"grid": row.old_id, "label": str(row.old), "change": row.change, "on": row.on}
            for row in origins
        ],
        "successions": [
            {"grid": row.new_id, "label": str(row.new), "change": row.change, "on": row.on}
            for row in following
        ],
    }


def of_household(record: Household, who: Who) -> Mapping[str, object]:
    """What was agreed and withdrawn, and to which grids it belonged."""
    return {
        "consents": [
            {
                "given": row.given,
                "giver": row.giver_title,
                "manner": row.manner_title,
                "on": row.on,
                "health": row.health,
                "contact": row.contact,
                "by_name": row.by_name,
            }
            for row in queries.consents_of(record)
        ],
        "placements": [
            {"grid": row.grid_id, "label": str(row.grid), "since_on": row.since_on}
            for row in queries.placements_of(record)
        ],
    }
