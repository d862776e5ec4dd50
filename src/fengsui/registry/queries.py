"""Named reads of the register."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.lifecycle import PostState
from fengsui.platform.accounts.models import Organisation, OrganisationKind, Post
from fengsui.platform.regions.models import (
    COUNTY_DIGITS,
    Region,
    county_of,
    prefix_of,
    region_asked,
    within,
)
from fengsui.platform.regions.queries import ancestors
from fengsui.platform.search.queries import NARROWED, listed
from fengsui.platform.signin.secrets import code_digest
from fengsui.platform.who import PostKind, Who
from fengsui.registry.access import premises_for
from fengsui.registry.lifecycle import ClaimState, State
from fengsui.registry.models import Building, ClaimCode, KeyDeclaration, Premises, Responsible
from fengsui.registry.names import address_key, name_key, one_names_the_other


def brigade_of(region: str) -> Organisation:
    """The brigade whose county the region lies in. Refuses `no-brigade`."""
    brigades = Organisation.objects.filter(kind=OrganisationKind.BRIGADE, region=county_of(region))
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
    return (
        premises_for(who)
        .select_related("unit", "brigade", "building__manager", "merged_into")
        .filter(pk=premises_id)
        .first()
    )


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


class Named(Protocol):
    """What two entries of one place are recognised by."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def credit_code(self) -> str: ...


_SHOWN_DUPLICATES = 5
_NAME_KEY, _ADDRESS_KEY = 120, 200


def keys_of(name: str, address: str, region: str) -> dict[str, str]:
    """The comparable forms of a name and an address; made plain, a text may grow beyond its column."""
    return keys_in(name, address, [place.name for place in ancestors(region)])


def keys_in(name: str, address: str, places: Sequence[str]) -> dict[str, str]:
    """The same where the divisions are at hand, largest first."""
    return {
        "name_key": name_key(name, places)[:_NAME_KEY],
        "address_key": address_key(address, places)[:_ADDRESS_KEY],
    }


def duplicates_of(who: Who, named: Named, but: Premises | None = None) -> list[Premises]:
    """Registered entries of the county that may be the same place: one credit code, one name, or one
    address with a name that holds the other."""
    keys = keys_of(named.name, named.address, named.region)
    county = county_of(named.region)
    alike = Q(name_key=keys["name_key"]) | Q(address_key=keys["address_key"])
    if named.credit_code:
        alike |= Q(credit_code=named.credit_code)
    rows = premises_for(who).filter(within(county), alike, state=State.REGISTERED)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    found = [
        row
        for row in rows.order_by("id")[:100]
        if is_alike(row, named.credit_code, keys["name_key"])
    ]
    return found[:_SHOWN_DUPLICATES]


def is_alike(row: Premises, credit_code: str, key: str) -> bool:
    """Whether a registered entry is the same place by its credit code, its name or part of it."""
    same_code = bool(credit_code) and row.credit_code == credit_code
    return same_code or row.name_key == key or one_names_the_other(row.name_key, key)


def absorbed(premises: Premises) -> list[Premises]:
    """The entries that were merged into this one."""
    return list(Premises.objects.filter(merged_into_id=premises.pk).order_by("id"))


def whole(premises: Premises) -> list[UUID]:
    """The entry itself and those that were merged into it: their history is its own."""
    return [premises.pk, *(other.pk for other in absorbed(premises))]


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one role, from a day to another or until now."""

    person: Responsible
    until: date | None


def persons_of(premises: Premises) -> list[Term]:
    """Who answers and who did, the newest first; a term ends where the next of its role begins."""
    found = Responsible.objects.filter(premises_id__in=whole(premises)).order_by("since_on", "id")
    ends: dict[str, date] = {}
    terms: list[Term] = []
    for person in reversed(list(found)):
        terms.append(Term(person, ends.get(person.role)))
        ends[person.role] = person.since_on
    return terms


def managers_of(premises: Premises) -> Sequence[Post]:
    """The accounts that act for the unit now."""
    living = Post.objects.filter(
        organisation_id=premises.unit_id, kind=PostKind.PREMISES_MANAGER
    ).exclude(state=PostState.ENDED)
    return list(living.select_related("user"))


def declaration_of(premises: Premises) -> KeyDeclaration | None:
    """The newest declaration of a premises as key unit, whatever became of it."""
    return KeyDeclaration.objects.filter(premises=premises).order_by("-id").first()


def behind_the_door(code: str) -> Premises | None:
    """The registered premises whose sheet hangs on the door; nothing personal is read from it."""
    found = Premises.objects.filter(door_code=code.upper(), state=State.REGISTERED)
    return found.select_related("brigade", "unit").first()


def claim_of(code: str, premises: Premises, now: datetime) -> ClaimCode | None:
    """The code that this text opens now at this premises; used, void, late, unknown: none."""
    found = ClaimCode.objects.filter(
        digest=code_digest(code), premises=premises, state=ClaimState.ISSUED
    )
    return found.filter(valid_until__gte=now).first()


def judged_by_others(region: str, mark: str, today: date, size: int) -> list[UUID]:
    """Registered premises of a region judged before today, by other rules than those of `mark`."""
    earlier = Q(judged_on__lt=today) | Q(judged_on=None)
    rows = Premises.objects.filter(within(region), earlier, state=State.REGISTERED)
    return list(rows.exclude(judged_by=mark).order_by("id").values_list("pk", flat=True)[:size])


def counties_supervised() -> list[str]:
    """The regions of the brigades that work."""
    brigades = Organisation.objects.filter(kind=OrganisationKind.BRIGADE).exclude(state="closed")
    return sorted(set(brigades.values_list("region", flat=True)))


def parts_of(who: Who, building: Building) -> list[Premises]:
    """The registered premises in a building."""
    rows = premises_for(who).filter(building=building, state=State.REGISTERED)
    return list(rows.select_related("unit").order_by("building_part", "name"))


def places_of(who: Who, codes: Iterable[str], names: Iterable[str]) -> list[Premises]:
    """The entries that the rows of a table may be about: by code, or registered by that name."""
    named = Q(name__in=set(names), state=State.REGISTERED)
    return list(premises_for(who).filter(Q(code__in=set(codes)) | named).order_by("id"))


def resembling(who: Who, facts: Sequence[Mapping[str, Any]]) -> list[Premises]:
    """Registered entries with the name or credit code of any of these, or with part of its name at its
    address."""
    alike = Q(name_key__in={one["name_key"] for one in facts})
    if codes := {one["credit_code"] for one in facts if one["credit_code"]}:
        alike |= Q(credit_code__in=codes)
    if near := _near([(one["name_key"], one["address_key"]) for one in facts]):
        alike |= Q(pk__in=near)
    return list(premises_for(who).filter(alike, state=State.REGISTERED).order_by("id"))


# Keys hold letters and digits only: nothing in them is a sign of LIKE.
_NEAR = """SELECT DISTINCT p.id FROM (VALUES {rows}) AS w CROSS JOIN registry_premises p
    WHERE p.address_key = w.column2
        AND (p.name_key LIKE '%%' || w.column1 || '%%' OR w.column1 LIKE '%%' || p.name_key || '%%')"""


def _near(keys: Sequence[tuple[str, str]]) -> list[UUID]:
    """Entries at one of these addresses whose name holds the name with it, or is held by it.

    `keys` are comparable names and addresses. An address may be that of hundreds of shops: the
    database compares, and gives only those that count.
    """
    whole = [pair for pair in keys if all(pair)]
    if not whole:
        return []
    sql = _NEAR.format(rows=", ".join(["(%s, %s)"] * len(whole)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [key for pair in whole for key in pair])
        return [one if isinstance(one, UUID) else UUID(one) for (one,) in cursor.fetchall()]


def ways(regions: Iterable[str]) -> dict[str, list[Region]]:
    """Known region → the divisions that it lies in, largest first, itself last."""
    wanted = set(regions)
    above = {code: [code[:digits].ljust(12, "0") for digits in (2, 4, 6, 9, 12)] for code in wanted}
    known = Region.objects.in_bulk({code for codes in above.values() for code in codes})
    return {
        code: [known[one] for one in dict.fromkeys(codes) if one in known]
        for code, codes in above.items()
        if code in known
    }


def brigades_by_county(regions: Iterable[str]) -> dict[str, Organisation]:
    """County (six digits) → its brigade; the first one where there are several."""
    counties = {county_of(region) for region in regions}
    found = Organisation.objects.filter(kind=OrganisationKind.BRIGADE, region__in=counties)
    living = found.exclude(state="closed").order_by("-id")
    return {brigade.region[:COUNTY_DIGITS]: brigade for brigade in living}
