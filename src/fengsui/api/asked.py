"""What a request asks for: the call from its headers, the form from its body."""

import re
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from fengsui.api.callers import caller, way_of
from fengsui.kernel.refusal import Refusal
from fengsui.platform.calls import Call, Form

F = TypeVar("F", bound=Form)

_KEY = r"[\x21-\x7e]{1,160}"
_BASE = re.compile(rf"(?P<version>[0-9]{{1,9}})|after:(?P<after>{_KEY})")
_YEARS = range(1970, 3000)


def call_of(request: HttpRequest, *, on_record: bool) -> Call:
    """Who, when and on what it was based.

    Refuses `key-required`, `if-match-required`, `if-match-unreadable`, `done-at-unreadable`,
    `record-id-unreadable`.
    """
    who, now = caller(request), timezone.now()
    return Call(
        who=who,
        way=way_of(who),
        key=_key(request),
        at=_done_at(request) or now,
        received_at=now,
        base=_base(request) if on_record else None,
        new_id=None if on_record else _record_id(request),
    )


def form_of(request: HttpRequest, form: type[F]) -> F:
    """The body as a form. Refuses `json-expected`; what is wrong with it is a ValidationError."""
    body = request.body
    if body and request.content_type != "application/json":
        raise Refusal("json-expected")
    return form.model_validate_json(body or b"{}")


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(_KEY, key):
        raise Refusal("key-required")
    return key


def _base(request: HttpRequest) -> int | str:
    """`"3"`: the version seen; `"after:k"`: what the caller's own call k left."""
    said = request.headers.get("If-Match", "").strip().removeprefix("W/")
    if not said:
        raise Refusal("if-match-required")
    quoted = len(said) > 1 and said[0] == said[-1] == '"'
    found = _BASE.fullmatch(said[1:-1] if quoted else said)
    if found is None:
        raise Refusal("if-match-unreadable")
    return found["after"] or int(found["version"])


def _done_at(request: HttpRequest) -> datetime | None:
    said = request.headers.get("X-Done-At", "")
    if not said:
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise Refusal("done-at-unreadable") from None
    if moment.tzinfo is None or moment.year not in _YEARS:
        raise Refusal("done-at-unreadable")
    return moment


def _record_id(request: HttpRequest) -> UUID | None:
    said = request.headers.get("X-Record-Id", "")
    if not said:
        return None
    try:
        wanted = UUID(said)
    except ValueError:
        raise Refusal("record-id-unreadable") from None
    if wanted.version != 7:
        raise Refusal("record-id-unreadable")
    return wanted
