"""Reading papers and accounting for their numbers."""

from uuid import UUID

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import Organisation
from fengsui.platform.documents.access import documents_for
from fengsui.platform.documents.lifecycle import BlockState, State
from fengsui.platform.documents.models import Document, NumberBlock, NumberSeries
from fengsui.platform.who import Who


def document_of(about_id: UUID, kind: str) -> Document:
    """The paper of a kind that stands for a record. Refuses `document-missing`."""
    papers = Document.objects.filter(about_id=about_id, kind=kind).exclude(state=State.VOID)
    found = papers.order_by("-issued_at").first()
    if found is None:
        raise Refusal("document-missing", kind=kind)
    return found


def documents_about(about_id: UUID) -> list[Document]:
    return list(Document.objects.filter(about_id=about_id).order_by("issued_at", "id"))


def unaccounted(agency_id: UUID, kind: str, year: int) -> list[int]:
    """Numbers given out that no document uses, no block holds: empty when all is in order."""
    series = NumberSeries.objects.filter(agency_id=agency_id, kind=kind, year=year).first()
    if series is None:
        return []
    papers = Document.objects.filter(agency_id=agency_id, kind=kind, year=year)
    used = set(papers.values_list("sequence", flat=True))
    blocks = NumberBlock.objects.filter(agency_id=agency_id, kind=kind, year=year)
    for first, last in blocks.values_list("first", "last"):
        used.update(range(first, last + 1))
    return sorted(set(range(1, series.next)) - used)


def held_by(post_id: UUID) -> list[NumberBlock]:
    return list(NumberBlock.objects.filter(holder_post=post_id, state=BlockState.HELD))


def public_paper(document_id: UUID) -> tuple[Document, str]:
    """A paper for whoever holds its QR, with the agency's name. Refuses `document-missing`."""
    found = Document.objects.filter(id=document_id).first()
    if found is None:
        raise Refusal("document-missing", kind="")
    return found, Organisation.objects.get(id=found.agency_id).name


def paper_for(who: Who, document_id: UUID) -> Document | None:
    """A paper about a record that `who` may see."""
    return documents_for(who).filter(id=document_id).first()
