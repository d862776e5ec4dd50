"""By what papers are found: number, title, party; by whoever finds what they are about."""

from fengsui.platform.documents.models import Document
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.search.declared import Found, found_by


def _document(document: Document) -> Found:
    about = _about(document)
    return Found(
        names=(document.number, document.party),
        texts=(document.title,),
        regions=about.regions,
        units=about.units,
    )


def _about(document: Document) -> Found:
    """How the record is found that a paper is about; one query."""
    of = RECORD_TYPES.get(document.about_type)
    if of is None or of.found_by is None:
        return Found(())
    rows = of.model._base_manager.select_related(*of.found_by.related)
    record = rows.filter(pk=document.about_id).first()
    return Found(()) if record is None else of.found_by.found(record)


DOCUMENTS_FOUND_BY = found_by(_document, "number", "party", "title")
