"""Every declared action as an address: GET gives its form, POST carries it out."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fengsui.api.asked import call_of, form_of
from fengsui.api.callers import caller
from fengsui.api.records import found
from fengsui.api.shown import said
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.statutes import parse_citation
from fengsui.platform import rules
from fengsui.platform.actions import Action, perform
from fengsui.platform.calls import Done
from fengsui.platform.questions import choices_of
from fengsui.platform.records import Record
from fengsui.platform.who import Who

View = Callable[..., HttpResponse]


def asking(declared: Action[Any]) -> View:
    """`GET …/<action>`: the questions of an action, refused as the action itself would be."""

    def on_record(request: HttpRequest, record_id: UUID) -> HttpResponse:
        who = caller(request)
        record = found(declared.of, record_id, who)
        declared.check(record, who)
        starts = declared.starts(record) if declared.starts else {}
        return said(_form(declared, who, record, starts), version=record.version)

    def to_create(request: HttpRequest) -> HttpResponse:
        who = caller(request)
        declared.check(None, who)
        given = {
            name: request.GET[name] for name in declared.form.model_fields if name in request.GET
        }
        begun = _begun(declared, given, who)
        starts = declared.starts(None) if declared.starts else {}
        return said(_form(declared, who, begun, {**given, **starts}))

    return to_create if declared.creates else on_record


def _begun(declared: Action[Any], given: Mapping[str, str], who: Who) -> Record | None:
    """The record that a creation starts from, if the address names it. Refuses `not-found`."""
    if declared.begins is None or declared.begins[1] not in given:
        return None
    of, field = declared.begins
    try:
        record = found(of, UUID(given[field]), who)
    except ValueError:
        raise Refusal("not-found", type=of.title) from None
    if declared.guard is not None:
        declared.guard(record, who)
    return record


def _form(
    declared: Action[Any], who: Who, record: Record | None, starts: Mapping[str, object]
) -> dict[str, object]:
    choices = choices_of(declared.form, who, record, starts)
    return {
        "title": declared.title,
        "source": declared.source,
        "law_url": _law_url(declared.source),
        "rules": [
            {
                "id": rule.id,
                "title": rule.title,
                "source": rule.source,
                "tag": rule.tag,
                "text": rule.text,
                "url": f"/rules/{rule.id}",
            }
            for rule in rules.in_force(declared.rules, rules.local_day(timezone.now()))
        ],
        "schema": declared.form.model_json_schema(),
        "choices": {
            name: [
                {
                    "value": choice.value,
                    "title": choice.title,
                    "note": choice.note,
                    "asks": list(choice.asks),
                }
                for choice in offered
                if not choice.disabled
            ]
            for name, offered in choices.items()
        },
        "starts": starts,
    }


def _law_url(source: str) -> str:
    """Where the article is read; a source that is no law has no page."""
    try:
        parse_citation(source)
    except Refusal:
        return ""
    return f"/law/{quote(source)}"


def acting(declared: Action[Any]) -> View:
    """`POST …/<action>`: carry it out, once for each key."""

    def on_record(request: HttpRequest, record_id: UUID) -> HttpResponse:
        call = call_of(request, on_record=True)
        form = form_of(request, declared.form)
        return _told(declared, perform(declared, record_id, call, form), 200)

    def to_create(request: HttpRequest) -> HttpResponse:
        call = call_of(request, on_record=False)
        form = form_of(request, declared.form)
        return _told(declared, perform(declared, None, call, form), 201)

    return to_create if declared.creates else on_record


def _told(declared: Action[Any], done: Done, status: int) -> HttpResponse:
    body = {
        "action": done.action,
        "entry": done.entry,
        "record": done.record,
        "version": done.version,
        "state": done.state,
        "state_title": declared.of.lifecycle.title(done.state) if done.state else "",
        "result": done.result,
        "replayed": done.replayed,
    }
    return said(body, status, version=done.version)
