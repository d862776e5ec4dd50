"""Divisions are data of the installation, loaded whole."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from fengsui.platform.regions.models import Boundary, Region


@transaction.atomic
def replace_regions(rows: Sequence[Mapping[str, str]]) -> int:
    """Add or exchange divisions by code; how many were given."""
    Region.objects.bulk_create(
        [
            Region(
                code=row["code"],
                level=int(row["level"]),
                kind=row["kind"],
                name=row["name"],
                parent=row["parent"],
            )
            for row in rows
        ],
        update_conflicts=True,
        update_fields=("level", "kind", "name", "parent"),
        unique_fields=("code",),
        batch_size=500,
    )
    return len(rows)


@transaction.atomic
def replace_boundaries(
    outlines: Mapping[str, Mapping[str, Any]], source: str, now: datetime
) -> int:
    """Add or exchange outlines by code; how many were given."""
    Boundary.objects.bulk_create(
        [
            Boundary(code=code, geometry=geometry, source=source, loaded_at=now)
            for code, geometry in outlines.items()
        ],
        update_conflicts=True,
        update_fields=("geometry", "source", "loaded_at"),
        unique_fields=("code",),
    )
    return len(outlines)
