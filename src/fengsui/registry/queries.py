"""Named reads of the register."""

import contextlib
from uuid import UUID

from django.db.models import QuerySet

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import Organisation, OrganisationKind
from fengsui.platform.regions.models import Region, prefix_of
from fengsui.platform.search.queries import narrowed
from fengsui.platform.who import Who
from fengsui.registry.access import premises_for
from fengsui.registry.models import Premises

_COUNTY_DIGITS = 6


def brigade_of(region: str) -> Organisation:
    """The brigade whose county the region lies in. Refuses `no-brigade`."""
    county = region[:_COUNTY_DIGITS].ljust(12, "0")
    brigades = Organisation.objects.filter(kind=OrganisationKind.BRIGADE, region=county)
    found = brigades.exclude(state="closed").first()
    if found is None:
        raise Refusal("no-brigade", region=region)
    return found


def known_region(code: str, who: Who) -> Region:
    """A region inside the reach of a post. Refuses `unknown-region`, `region-elsewhere`."""
    found = Region.objects.filter(code=code).first()
    if found is None:
        raise Refusal("unknown-region", region=code)
    if not code.startswith(prefix_of(who.region)):
        raise Refusal("region-elsewhere", region=found.name)
    return found


def premises_page(who: Who, premises_id: UUID) -> Premises | None:
    """One premises with what its page shows."""
    return premises_for(who).select_related("unit", "brigade").filter(pk=premises_id).first()


def region_names(codes: set[str]) -> dict[str, str]:
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name"))


PAGE_SIZE = 50


def premises_listed(who: Who, name: str = "") -> QuerySet[Premises]:
    """The register as a post sees it, perhaps those that a text finds."""
    rows = premises_for(who)
    return narrowed(rows, who, name) if name else rows


def premises_after(who: Who, after: str, name: str = "") -> list[Premises]:
    """A page of the register, newest first, perhaps of those that a text finds."""
    rows = premises_listed(who, name)
    with contextlib.suppress(ValueError):
        rows = rows.filter(id__lt=UUID(after)) if after else rows
    return list(rows.order_by("-id")[:PAGE_SIZE])
