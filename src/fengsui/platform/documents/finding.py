"""By what papers are found: number, title, party; by whoever finds what they are about."""

from fengsui.platform.documents.models import Document
from fengsui.platform.documents.queries import found_about
from fengsui.platform.search.declared import Found, found_by


def _document(document: Document) -> Found:
    about = found_about(document)
    return Found(
        names=(document.number, document.party),
        texts=(document.title,),
        regions=about.regions,
        units=about.units,
    )


DOCUMENTS_FOUND_BY = found_by(_document, "number", "party", "title")
