"""`GET /search`: what the search box of the pages finds, for programs."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from fengsui.api.callers import caller
from fengsui.api.shown import address, said
from fengsui.kernel.refusal import Refusal
from fengsui.platform.records import RECORD_TYPES, Record, RecordType
from fengsui.platform.search.queries import search
from fengsui.platform.search.store import searchable
from fengsui.platform.who import Who


def find(
    request: HttpRequest,
    q: Annotated[str, Field(max_length=200)],
    kind: Annotated[str, Field(max_length=40)] = "",
    after: Annotated[str, Field(max_length=40)] = "",
    limit: Annotated[int, Field(ge=1, le=50)] = 10,
) -> HttpResponse:
    """Each kind in a group of its own; `after` goes on within one kind. Refuses `not-searchable`."""
    who = caller(request)
    types = [_named(kind)] if kind else searchable()
    groups = [_group(of, who, q, after if kind else "", limit) for of in types]
    return said({"groups": [group for group in groups if group["items"] or kind]})


def _named(kind: str) -> RecordType[Any]:
    of = RECORD_TYPES.get(kind)
    if of is None or of.found_by is None:
        raise Refusal("not-searchable", type=kind)
    return of


def _group(of: RecordType[Any], who: Who, q: str, after: str, limit: int) -> dict[str, Any]:
    page = search(who, q, of, after, limit)
    items = [_hit(of, record) for record in page.records]
    return {"kind": of.name, "title": of.title, "items": items, "next": page.after}


def _hit(of: RecordType[Any], record: Record) -> dict[str, object]:
    return {
        "id": record.id,
        "label": of.label(record),
        "state": record.state,
        "state_title": of.lifecycle.title(record.state),
        "href": address(of, record.id),
    }
