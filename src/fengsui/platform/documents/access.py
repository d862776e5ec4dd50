from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from fengsui.platform.documents.kinds import DOCUMENT_KINDS
from fengsui.platform.documents.models import DeliveryConfirmation, Document, NumberBlock
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.regions.models import within
from fengsui.platform.who import OFFICERS, PostKind, Who


def blocks_for(who: Who) -> QuerySet[NumberBlock]:
    """A post sees the blocks it holds; a head those of his brigade, to return what a lost phone held."""
    own = Q(holder_post__in=[who.post_id])
    if who.kind == PostKind.BRIGADE_HEAD:
        own |= Q(agency_id__in=[who.organisation_id])
    return NumberBlock.objects.filter(own)


def documents_for(who: Who) -> QuerySet[Document]:
    """Whoever sees the record a paper is about sees the paper."""
    visible = Q(pk__in=())
    for name in sorted({known.about for known in DOCUMENT_KINDS.values()}):
        visible |= Q(about_type=name) & _about_seen(RECORD_TYPES[name].visible(who), who)
    return Document.objects.filter(visible)


def _about_seen(records: QuerySet[Any], who: Who) -> Q:
    """A unit's few records are named; a region's many are asked one by one, as papers are read."""
    if who.kind in OFFICERS:
        return Q(Exists(records.order_by().filter(pk=OuterRef("about_id"))))
    return Q(about_id__in=records.order_by().values("pk"))


def confirmations_for(who: Who) -> QuerySet[DeliveryConfirmation]:
    """A manager sees what his unit signed, officers what the units of their region did."""
    if who.kind == PostKind.PREMISES_MANAGER:
        return DeliveryConfirmation.objects.filter(unit_id__in=[who.organisation_id])
    if who.kind in OFFICERS:
        return DeliveryConfirmation.objects.filter(within(who.region))
    return DeliveryConfirmation.objects.none()
