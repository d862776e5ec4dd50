"""Lists and records of every type, through the same querysets as the pages."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from fengsui.api import tasks
from fengsui.api.callers import caller
from fengsui.api.shown import address, record, relations, said
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import Action, open_to
from fengsui.platform.documents.queries import documents_about
from fengsui.platform.files.queries import attached_to
from fengsui.platform.keyset import first_of
from fengsui.platform.records import Record, RecordType
from fengsui.platform.search.queries import narrowed
from fengsui.platform.who import Who
from fengsui.platform.worklist.actions import TASKS
from fengsui.platform.worklist.queries import own_tasks_after

View = Callable[..., HttpResponse]
_MOST = 100
_ACCESS = "GB/T 22239-2019 8.1.4.2"


def found(of: RecordType[Any], record_id: object, who: Who) -> Record:
    """A record that `who` may see, with all that names it. Refuses `forbidden`, `not-found`."""
    _check_reader(of, who)
    row: Record | None = of.visible(who).select_related(*relations(of)).filter(pk=record_id).first()
    if row is None:
        raise Refusal("not-found", type=of.title)
    return row


def _check_reader(of: RecordType[Any], who: Who) -> None:
    """A type is there for its readers only, here as on the pages."""
    if who.kind not in of.readers:
        raise Refusal("forbidden", action=f"查看{of.title}", post=who.title, source=_ACCESS)


def listing(of: RecordType[Any]) -> View:
    """`GET /<plural>`: a page of records, newest first; for tasks the caller's own worklist."""

    def read(
        request: HttpRequest,
        after: UUID | None = None,
        limit: Annotated[int, Field(ge=1, le=_MOST)] = 50,
        state: str = "",
        q: Annotated[str, Field(max_length=60)] = "",
    ) -> HttpResponse:
        who = caller(request)
        _check_reader(of, who)
        _check_state(of, state)
        words = q.strip()
        if words and of.found_by is None and of.search is None:
            raise Refusal("not-searchable", type=of.title)
        read_rows = own_tasks_after if of is TASKS else _rows(of, words)
        rows = read_rows(who, after, limit + 1, state)
        shown = rows[:limit]
        items = [tasks.task(row) if of is TASKS else record(of, row) for row in shown]
        return said({"items": items, "next": shown[-1].pk if len(rows) > limit else None})

    return read


def _check_state(of: RecordType[Any], state: str) -> None:
    known = [known.value for known in of.lifecycle.states]
    if state and state not in known:
        raise Refusal("unknown-state", state=state, known=known)


def _rows(of: RecordType[Any], words: str) -> Callable[[Who, UUID | None, int, str], list[Any]]:
    def rows(who: Who, after: UUID | None, limit: int, state: str) -> list[Any]:
        found = of.search(who, words) if words and of.search else of.visible(who)
        if words and of.found_by:
            found = narrowed(found, who, words)
        found = found.select_related(*relations(of))
        if state:
            found = found.filter(state=state)
        if after:
            found = found.filter(pk__lt=after)
        return first_of(found.order_by("-pk"), limit)

    return rows


def detail(of: RecordType[Any]) -> View:
    """`GET /<plural>/{id}`: the record, what may be done now, its papers, files and children."""

    def read(request: HttpRequest, record_id: UUID) -> HttpResponse:
        who = caller(request)
        row = found(of, record_id, who)
        body = {
            **(tasks.task(row) if of is TASKS else record(of, row)),  # type: ignore[arg-type]
            "actions": [_offered(of, row, declared) for declared in open_to(row, of, who)],
            "documents": _documents(row),
            "files": _files(row),
            **(of.more(row, who) if of.more else {}),
        }
        return said(body, version=row.version)

    return read


def _offered(of: RecordType[Any], row: Record, declared: Action[Any]) -> dict[str, object]:
    """A button: where its form is, and where to send it."""
    if declared.begins:
        href = f"/api/v1/{declared.of.plural}/{declared.name}"
        form_href = f"{href}?{declared.begins[1]}={row.pk}"
    else:
        href = form_href = f"{address(of, row.pk)}/{declared.name}"
    return {
        "name": declared.name,
        "title": declared.title,
        "main": declared.main,
        "creates": declared.creates,
        "href": href,
        "form_href": form_href,
    }


def _documents(row: Record) -> list[dict[str, object]]:
    return [
        {
            "id": paper.id,
            "title": paper.title,
            "number": paper.number,
            "state": paper.state,
            "href": f"/api/v1/documents/{paper.id}/pdf",
        }
        for paper in documents_about(row.id)
    ]


def _files(row: Record) -> list[dict[str, object]]:
    return [
        {
            "id": hung.file_id,
            "name": hung.file.name,
            "media_type": hung.file.media_type,
            "size": hung.file.size,
            "sha256": hung.sha256,
            "part": hung.part,
            "at": hung.at,
            "by_name": hung.by_name,
            "href": f"/api/v1/files/{hung.file_id}",
        }
        for hung in attached_to(row.id)
    ]
