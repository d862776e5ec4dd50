"""Reading papers and accounting for their numbers."""

from collections import defaultdict
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the numbers of one series: `given` were handed out, `missing` must be empty.

    `voids`: (paper, number, reason). `blocks`: (holder, first, last, state).
    """

    kind: str
    year: int
    given: int
    used: int
    voids: list[tuple[UUID, str, str]]
    blocks: list[tuple[str, int, int, str]]
    missing: list[int]


def accounts_of(agency_id: UUID) -> list[Account]:
    """The series of an agency, newest year first; three queries however many."""
    series = NumberSeries.objects.filter(agency_id=agency_id).order_by("-year", "kind")
    papers = Document.objects.filter(agency_id=agency_id).order_by("sequence")
    blocks = list(NumberBlock.objects.filter(agency_id=agency_id).order_by("first"))
    written: dict[tuple[str, int], list[Document]] = defaultdict(list)
    for paper in papers.only("id", "kind", "year", "sequence", "number", "state", "void_reason"):
        written[paper.kind, paper.year].append(paper)
    return [_account(row, written[row.kind, row.year], blocks) for row in series]


def _account(series: NumberSeries, papers: list[Document], every: list[NumberBlock]) -> Account:
    blocks = [block for block in every if (block.kind, block.year) == (series.kind, series.year)]
    covered = {paper.sequence for paper in papers}
    covered.update(*(range(block.first, block.last + 1) for block in blocks))
    voids = [paper for paper in papers if paper.state == State.VOID]
    return Account(
        kind=series.kind,
        year=series.year,
        given=series.next - 1,
        used=len(papers),
        voids=[(paper.id, paper.number, paper.void_reason) for paper in voids],
        blocks=[(block.holder_name, block.first, block.last, block.state) for block in blocks],
        missing=sorted(set(range(1, series.next)) - covered),
    )


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
