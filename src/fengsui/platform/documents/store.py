"""Numbers and documents, issued inside the action that decides them."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F

from fengsui.platform import rules
from fengsui.platform.accounts.models import Organisation
from fengsui.platform.calls import Call, Drafts
from fengsui.platform.documents.kinds import DocumentKind, kind_named
from fengsui.platform.documents.models import Document, NumberSeries, Rendering
from fengsui.platform.records import Record, record_type_of

_CHINA = ZoneInfo("Asia/Shanghai")
_RUNNING = UUID(int=0)  # running numbers belong to no agency


def issue(
    wanted: Iterable[Drafts], record: Record | None, call: Call, entry_id: UUID
) -> list[Document]:
    """Number each draft and fix its data. The PDF is drawn later, outside the transaction."""
    return [_issue(draft, record, call.at, entry_id) for draft in wanted]


def _issue(draft: Drafts, record: Record | None, at: datetime, entry_id: UUID) -> Document:
    if record is None:
        raise ValueError(f"document {draft.kind} is about nothing")
    kind, year = kind_named(draft.kind), at.astimezone(_CHINA).year
    agency = Organisation.objects.get(id=draft.agency)
    sequence = take(agency.id, draft.kind, year)
    number = number_text(agency.word, kind, at.date(), year, sequence)
    data = kind.form.model_validate({**draft.data, "number": number})
    return Document(
        kind=draft.kind,
        title=kind.title,
        number=number,
        agency_id=agency.id,
        year=year,
        sequence=sequence,
        data=data.model_dump(mode="json"),
        about_type=record_type_of(type(record)).name,
        about_id=record.id,
        party=draft.party,
        issued_at=at,
        state="issued",
        moved_at=at,
        entry_id=entry_id,
    )


def take(agency_id: UUID, kind: str, year: int, count: int = 1) -> int:
    """The first of `count` fresh numbers of a series. The row stays locked until commit."""
    series = NumberSeries.objects.filter(agency_id=agency_id, kind=kind, year=year)
    if not series.update(next=F("next") + count):
        # Two may begin a series at once: the second waits here and then finds it.
        begun = NumberSeries(agency_id=agency_id, kind=kind, year=year)
        NumberSeries.objects.bulk_create([begun], ignore_conflicts=True)
        series.update(next=F("next") + count)
    return series.values_list("next", flat=True).get() - count


def number_text(word: str, kind: DocumentKind, on: date, year: int, sequence: int) -> str:
    """通消限字〔2026〕第0001号, by the rule DOC-NUMBER and the kind's character of DOC-WORDS."""
    template = str(rules.table("DOC-NUMBER", on)["template"])
    words = rules.table("DOC-WORDS", on)
    return template.format(agency=word, kind=words[kind.name], year=year, seq=sequence)


def take_running(prefix: str, day: date) -> int:
    """The next place in a day's series of running numbers (no statutory document)."""
    return take(_RUNNING, f"{prefix}-{day:%m%d}", day.year)


def kept_rendering(document: Document) -> str:
    """The SHA-256 of the PDF as it was first drawn, or nothing."""
    found = Rendering.objects.filter(document=document).values_list("sha256", flat=True).first()
    return found or ""


def remember_rendering(document: Document, sha256: str) -> None:
    Rendering.objects.create(document=document, sha256=sha256)
