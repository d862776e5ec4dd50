from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from fengsui.platform.regions.models import lying_in, within
from fengsui.platform.who import OFFICERS, PostKind, Who
from fengsui.registry.lifecycle import LIVING_DECLARATION, State
from fengsui.registry.models import Building, ClaimCode, KeyDeclaration, Premises


def premises_for(who: Who) -> QuerySet[Premises]:
    """Officers and grid workers see their region, a manager his unit, administrators nothing."""
    if who.kind in OFFICERS or who.kind == PostKind.GRID_WORKER:
        return Premises.objects.filter(lying_in(who.region))
    if who.kind == PostKind.PREMISES_MANAGER:
        living = KeyDeclaration.objects.filter(
            premises=OuterRef("pk"), state__in=LIVING_DECLARATION
        )
        declared = {"declared": Exists(living)}  # by name: the model declares it
        return Premises.objects.annotate(**declared).filter(unit_id=who.organisation_id)
    if who.kind == PostKind.CLOCK:
        return Premises.objects.all()
    return Premises.objects.none()


def buildings_for(who: Who) -> QuerySet[Building]:
    """Officers and grid workers see the buildings of their region."""
    if who.kind in OFFICERS or who.kind == PostKind.GRID_WORKER:
        inside = Premises.objects.filter(building=OuterRef("pk"), state=State.REGISTERED)
        in_use = {"in_use": Exists(inside)}  # by name: the model declares it
        return Building.objects.annotate(**in_use).filter(within(who.region))
    return Building.objects.none()


def declarations_for(who: Who) -> QuerySet[KeyDeclaration]:
    """Officers see their region's, a manager his unit's own."""
    if who.kind in OFFICERS:
        return KeyDeclaration.objects.filter(within(who.region, "premises__region"))
    if who.kind == PostKind.PREMISES_MANAGER:
        return KeyDeclaration.objects.filter(premises__unit_id=who.organisation_id)
    return KeyDeclaration.objects.none()


_CARRIES = "claim-code/"


def carrying(who: Who, code: ClaimCode) -> Who:
    """Somebody with a claim code in his hand: the ledger names the code he came with."""
    return replace(who, device=f"{_CARRIES}{code.pk}")


def _carried(who: Who) -> list[UUID]:
    return [UUID(who.device.removeprefix(_CARRIES))] if who.device.startswith(_CARRIES) else []


def claims_for(who: Who) -> QuerySet[ClaimCode]:
    """Whoever carries a code sees that one; officers see that it was issued."""
    if who.kind in (PostKind.PREMISES_MANAGER, PostKind.PUBLIC):
        return ClaimCode.objects.filter(pk__in=_carried(who))
    if who.kind in OFFICERS:
        return ClaimCode.objects.filter(within(who.region, "premises__region"))
    return ClaimCode.objects.none()
