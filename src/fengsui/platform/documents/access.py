from django.db.models import Q, QuerySet

from fengsui.platform.documents.models import Document
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.who import Who


def documents_for(who: Who) -> QuerySet[Document]:
    """Whoever sees the record a paper is about sees the paper."""
    kinds = set(Document.objects.order_by().values_list("about_type", flat=True).distinct())
    visible = Q(pk__in=())
    for name in sorted(kinds & RECORD_TYPES.keys()):
        records = RECORD_TYPES[name].visible(who).order_by().values("pk")
        visible |= Q(about_type=name, about_id__in=records)
    return Document.objects.filter(visible)
