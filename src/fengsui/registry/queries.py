"""Named reads of the register."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db.models import Q, QuerySet

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import Organisation, OrganisationKind
from fengsui.platform.regions.models import Region, prefix_of, region_asked
from fengsui.platform.search.queries import NARROWED, listed
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


_FLAGS = {"public_assembly": Q(public_assembly=True), "crowded": Q(crowded=True)}
CONDITIONS: Mapping[str, Callable[[str], Q | None]] = {
    "region": region_asked,
    "class": lambda value: Q(premises_class=value),
    "flag": _FLAGS.get,
    "state": lambda value: Q(state=value),
}
SORTABLE = ("name",)


def premises_listed(who: Who, said: Mapping[str, str], most: int = NARROWED) -> QuerySet[Premises]:
    """The register as a post sees it, under what the list's address says."""
    return listed(premises_for(who), who, said, CONDITIONS, most)
