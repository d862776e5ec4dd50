"""Named reads of the divisions."""

from fengsui.platform.regions.models import Boundary, Region, county_of, prefix_of, way_to, within

TOWNSHIP = 4


def below(code: str) -> list[Region]:
    """Townships and subdistricts under a region, and a township's villages."""
    level = TOWNSHIP if len(prefix_of(code)) <= 6 else TOWNSHIP + 1
    return list(Region.objects.filter(within(code, "code"), level=level).order_by("code"))


def villages(code: str) -> list[tuple[str, str]]:
    """Villages and communities under a region by code, each called with its township."""
    around = Region.objects.filter(within(code, "code"), level__in=(TOWNSHIP, TOWNSHIP + 1))
    found = list(around.order_by("code"))
    names = {region.code: region.name for region in found}
    deepest = [region for region in found if region.level > TOWNSHIP]
    return [(one.code, f"{names.get(one.parent, '')} {one.name}".strip()) for one in deepest]


def counties(code: str) -> list[Region]:
    """County-level divisions of a prefecture, in the order of their codes."""
    return list(Region.objects.filter(within(code, "code"), level=TOWNSHIP - 1).order_by("code"))


def children(code: str) -> list[Region]:
    """The divisions right under one; without a code the uppermost ones known here."""
    if code:
        return list(Region.objects.filter(parent=code).order_by("code"))
    first = Region.objects.order_by("level", "code").first()
    return list(Region.objects.filter(level=first.level).order_by("code")) if first else []


def ancestors(code: str) -> list[Region]:
    """The way down to a division, itself last; nothing when it is unknown."""
    found = list(Region.objects.filter(code__in=way_to(code)).order_by("level"))
    return found if any(region.code == code for region in found) else []


def boundaries(code: str) -> list[Boundary]:
    """Outlines of the counties that lie in a region, or of the one that it lies in."""
    return list(Boundary.objects.filter(within(county_of(code), "code")).order_by("code"))


def outlines_from() -> str:
    """Where the outlines that are drawn come from, in the words of whoever loaded them."""
    found = Boundary.objects.order_by("source").values_list("source", flat=True).distinct()
    return "；".join(found)


def names(codes: set[str]) -> dict[str, str]:
    """What divisions are called; unknown codes are left out."""
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
