"""Numbers and documents, issued inside the action that decides them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from fengsui.kernel import statutes
from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.accounts.models import Organisation
from fengsui.platform.calls import Call, Drafts
from fengsui.platform.documents.kinds import DocumentKind, kind_named
from fengsui.platform.documents.lifecycle import BlockState
from fengsui.platform.documents.models import (
    RUNNING,
    Document,
    NumberBlock,
    NumberSeries,
    Rendering,
)
from fengsui.platform.inserts import insert
from fengsui.platform.records import Record, record_type_of
from fengsui.platform.who import Who

# A new series begins with these numbers; one that is there goes on by as many.
_TAKEN = (
    "ON CONFLICT (agency_id, kind, year)"
    ' DO UPDATE SET next = documents_numberseries.next + excluded."next" - 1 RETURNING next'
)


def issue(
    wanted: Iterable[Drafts], record: Record | None, call: Call, entry_id: UUID
) -> list[Document]:
    """Number each draft and fix its data. The PDF is drawn later, outside the transaction."""
    return [_issue(draft, record, call, entry_id) for draft in wanted]


def _issue(draft: Drafts, record: Record | None, call: Call, entry_id: UUID) -> Document:
    about = record_type_of(type(record)).name if record else ""
    if record is None or about != kind_named(draft.kind).about:
        raise ValueError(f"document {draft.kind} is not about a {about or 'nothing'}")
    at, kind = call.at, kind_named(draft.kind)
    year = rules.local_day(at).year
    agency = Organisation.objects.get(id=draft.agency)
    reserved = call.numbers.get(draft.kind)
    if reserved is None:
        sequence = take(agency.id, draft.kind, year)
    else:
        sequence = _from_block(call.who, agency.id, draft.kind, year, reserved)
    number = number_text(agency, kind, year, sequence, rules.local_day(at))
    given = {"number": number, "archive": kind.archive, "power": statutes.formal(kind.source)}
    data = kind.form.model_validate({**draft.data, **given})
    document = Document(
        kind=draft.kind,
        title=kind.title,
        number=number,
        agency_id=agency.id,
        year=year,
        sequence=sequence,
        data=data.model_dump(mode="json", by_alias=True),
        about_type=about,
        about_id=record.id,
        party=draft.party,
        issued_at=at,
        state="issued",
        moved_at=at,
        entry_id=entry_id,
    )
    document.about = record
    return document


def take(agency_id: UUID, kind: str, year: int, count: int = 1) -> int:
    """The first of `count` fresh numbers of a series. The row stays locked until commit."""
    series = {"agency_id": agency_id, "kind": kind, "year": year, "next": 1 + count}
    (after,) = insert(NumberSeries, series, _TAKEN)
    return int(after) - count


def held_block(block_id: UUID) -> NumberBlock | None:
    """A block nobody can use or return until commit; None when it is returned already.

    A number is used and its block returned in different transactions: whichever locks the block
    first is seen by the other. SQLite has one writer and needs no row lock.
    """
    held = NumberBlock.objects.filter(id=block_id, state=BlockState.HELD)
    return held.select_for_update().first()


def unused(block: NumberBlock) -> list[int]:
    """The numbers of a block that no document has."""
    papers = Document.objects.filter(agency_id=block.agency_id, kind=block.kind, year=block.year)
    used = papers.filter(sequence__gte=block.first, sequence__lte=block.last)
    return sorted(set(block.numbers) - set(used.values_list("sequence", flat=True)))


def _from_block(who: Who, agency_id: UUID, kind: str, year: int, sequence: int) -> int:
    """A number that the caller's phone gave out of its own block. Refuses `number-not-held`."""
    series = {"agency_id": agency_id, "kind": kind, "year": year}
    own = NumberBlock.objects.filter(
        holder_post__in=[who.post_id], first__lte=sequence, last__gte=sequence, **series
    ).first()
    if own is None or held_block(own.id) is None or sequence not in unused(own):
        raise Refusal("number-not-held", number=sequence, kind=kind_named(kind).title, year=year)
    return sequence


def number_text(
    agency: Organisation, kind: DocumentKind, year: int, sequence: int, on: date
) -> str:
    """通消限字〔2026〕第0001号, by the rule DOC-NUMBER and the kind's character of DOC-WORDS.

    The rule may have a template for one kind of agency (`brigade: …`) beside the general one.
    """
    templates = rules.table("DOC-NUMBER", on, agency.region)
    template = str(templates.get(agency.kind, templates["template"]))
    words = rules.table("DOC-WORDS", on, agency.region)
    return template.format(agency=agency.word, kind=words[kind.name], year=year, seq=sequence)


def take_running(prefix: str, day: date) -> int:
    """The next place in a day's series of running numbers (no statutory document)."""
    return take(RUNNING, f"{prefix}-{day:%m%d}", day.year)


def kept_rendering(document: Document) -> str:
    """The SHA-256 of the PDF as it was first drawn, or nothing."""
    found = Rendering.objects.filter(document=document).values_list("sha256", flat=True).first()
    return found or ""


def remember_rendering(document: Document, sha256: str) -> None:
    Rendering.objects.create(document=document, sha256=sha256)
