"""Reading papers and accounting for their numbers."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import Organisation
from fengsui.platform.documents.access import documents_for
from fengsui.platform.documents.lifecycle import BlockState, ConfirmationState, State
from fengsui.platform.documents.models import (
    RUNNING,
    DeliveryConfirmation,
    Document,
    NumberBlock,
    NumberSeries,
)
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.search.declared import Found
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


def newest_about(about_ids: Iterable[UUID], size: int) -> list[Document]:
    """The newest papers about any of these records."""
    found = Document.objects.filter(about_id__in=list(about_ids))
    return list(found.order_by("-issued_at", "-id")[:size])


@dataclass(frozen=True, slots=True)
class Numbers:
    """One series with what became of each of its numbers: `given` of them have left it."""

    agency_id: UUID
    kind: str
    year: int
    given: int
    used: Counter[int]
    held: Counter[int]
    void: Counter[int]

    @property
    def missing(self) -> list[int]:
        """Given out, but neither used nor held by a block nor void with a reason."""
        known = self.used.keys() | self.held.keys() | self.void.keys()
        return [number for number in range(1, self.given + 1) if number not in known]

    @property
    def doubled(self) -> list[int]:
        """Accounted for twice, or never given out."""
        times = self.used + self.held + self.void
        return sorted(n for n, count in times.items() if count > 1 or not 1 <= n <= self.given)


def numbers_of(agency_id: UUID, kind: str, year: int) -> Numbers:
    """What became of every number of one series."""
    one = {"agency_id": agency_id, "kind": kind, "year": year}
    series = NumberSeries.objects.filter(**one).first() or NumberSeries(**one, next=1)
    used = Document.objects.filter(**one).values_list("sequence", flat=True)
    return _numbers(series, used, NumberBlock.objects.filter(**one))


def _numbers(
    series: NumberSeries, sequences: Iterable[int], blocks: Iterable[NumberBlock]
) -> Numbers:
    used = Counter(sequences)
    held: Counter[int] = Counter()
    void: Counter[int] = Counter()
    for block in blocks:
        void.update(block.void)
        if block.state == BlockState.HELD:
            held.update(number for number in block.numbers if number not in used)
    return Numbers(series.agency_id, series.kind, series.year, series.next - 1, used, held, void)


def unaccounted() -> list[Numbers]:
    """Series of documents with a number that is missing or doubled: empty when all is in order."""
    papers = NumberSeries.objects.exclude(agency_id=RUNNING).order_by("agency_id", "kind", "year")
    found = (numbers_of(*one) for one in papers.values_list("agency_id", "kind", "year"))
    return [series for series in found if series.missing or series.doubled]


def agency_of(series: Numbers) -> str:
    """The name of the organisation whose numbers these are."""
    found = Organisation.objects.filter(id=series.agency_id).first()
    return found.name if found else str(series.agency_id)


def void_numbers(agency_id: UUID, kind: str, year: int) -> list[tuple[int, str]]:
    """The numbers of a series that are void, each with its reason, in order."""
    one = {"agency_id": agency_id, "kind": kind, "year": year}
    annulled = Document.objects.filter(state=State.VOID, **one)
    void = list(annulled.values_list("sequence", "void_reason"))
    for block in NumberBlock.objects.filter(state=BlockState.RETURNED, **one):
        void.extend((number, block.reason) for number in block.void)
    return sorted(void)


@dataclass(frozen=True, slots=True)
class Account:
    """One series as a page shows it, with the papers and blocks behind its numbers.

    `voids`: (paper, number, reason). `blocks`: (holder, first, last, state).
    """

    numbers: Numbers
    voids: list[tuple[UUID, str, str]]
    blocks: list[tuple[str, int, int, str]]


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
    voids = [paper for paper in papers if paper.state == State.VOID]
    return Account(
        numbers=_numbers(series, (paper.sequence for paper in papers), blocks),
        voids=[(paper.id, paper.number, paper.void_reason) for paper in voids],
        blocks=[(block.holder_name, block.first, block.last, block.state) for block in blocks],
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


def found_about(document: Document) -> Found:
    """How the record is found that a paper is about; one query, unless that record is at hand."""
    of = RECORD_TYPES.get(document.about_type)
    if of is None or of.found_by is None:
        return Found(())
    rows = of.model._base_manager.select_related(*of.found_by.related)
    record = document.about or rows.filter(pk=document.about_id).first()
    return Found(()) if record is None else of.found_by.found(record)


def confirmation_of(unit_id: UUID | None) -> DeliveryConfirmation | None:
    """Where a unit agreed to be served electronically, if it did and did not take it back."""
    found = DeliveryConfirmation.objects.filter(
        unit_id__in=[unit_id], state=ConfirmationState.CONFIRMED
    )
    return found.first()
