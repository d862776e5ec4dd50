"""Named reads of the divisions."""

from fengsui.platform.regions.models import Region, prefix_of, within

TOWNSHIP = 4


def below(code: str) -> list[Region]:
    """Townships and subdistricts under a region, and a township's villages."""
    level = TOWNSHIP if len(prefix_of(code)) <= 6 else TOWNSHIP + 1
    return list(Region.objects.filter(within(code, "code"), level=level).order_by("code"))


def counties(code: str) -> list[Region]:
    """County-level divisions of a prefecture, in the order of their codes."""
    return list(Region.objects.filter(within(code, "code"), level=TOWNSHIP - 1).order_by("code"))
