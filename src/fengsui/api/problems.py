"""Every "no" of the interface in one shape: application/problem+json (RFC 9457)."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as ParametersError
from pydantic import ValidationError

from fengsui.kernel import canonical
from fengsui.kernel.refusal import Refusal
from fengsui.platform.words import answer, field_words

MEDIA_TYPE = "application/problem+json"
_PREFIX = "/api/v1"
# What Django itself answers, outside any operation.
_BY_STATUS = {
    400: "request-unreadable",
    401: "unauthenticated",
    403: "no-entry",
    404: "no-such-address",
    405: "method-not-allowed",
    413: "body-too-large",
}


def problem(no: Refusal) -> HttpResponse:
    """The refusal as its caller gets it."""
    said = answer(no)
    body = {
        "type": f"urn:fengsui:problem:{no.code}",
        "title": said.text,
        "status": said.status,
        "code": no.code,
        "facts": {name: _plain(value) for name, value in no.facts.items()},
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=said.status, content_type=MEDIA_TYPE
    )
    if said.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _plain(value: object) -> object:
    try:
        return canonical.plain(value)
    except TypeError:
        return str(value)


def _invalid(errors: Iterable[Mapping[str, Any]], skip: int = 0) -> HttpResponse:
    """Field → sentence; "" stands for the form as a whole. `skip` leaves out where a value came from."""
    facts: dict[str, str] = {}
    for error in errors:
        place = error["loc"][skip:]
        facts.setdefault(str(place[0]) if place else "", field_words(error))
    sentences = [f"{field}：{words}" if field else words for field, words in facts.items()]
    response = problem(Refusal("invalid", count=len(facts), sentences=sentences))
    body = json.loads(response.content) | {"facts": facts}
    response.content = json.dumps(body, ensure_ascii=False).encode()
    return response


def _unreadable_form(_: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = error.errors(include_url=False)
    if errors[0]["type"] == "json_invalid":
        return problem(Refusal("json-unreadable"))
    return _invalid(errors)


def _http_error(_: HttpRequest, error: HttpError) -> HttpResponse:
    code = "csrf-missing" if error.status_code == 403 else _BY_STATUS.get(error.status_code)
    return problem(Refusal(code or "request-unreadable"))


def answer_problems(api: NinjaAPI) -> None:
    """Let every exception that means "no" be said as a problem."""
    said: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refusal: lambda _, no: problem(no),
        ValidationError: _unreadable_form,
        ParametersError: lambda _, error: _invalid(error.errors, skip=1),
        AuthenticationError: lambda _, __: problem(Refusal("unauthenticated")),
        HttpError: _http_error,
        Http404: lambda _, __: problem(Refusal("no-such-address")),
        RequestDataTooBig: lambda _, __: problem(Refusal("body-too-large")),
    }
    for error in (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError):
        said[error] = lambda _, __: problem(Refusal("request-unreadable"))
    for kind, handle in said.items():
        api.add_exception_handler(kind, handle)


class ProblemMiddleware:
    """Answers of Django itself under /api/v1 (unknown address, wrong method) in the same shape."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith(_PREFIX):
            return response
        if response.headers.get("Content-Type") == MEDIA_TYPE:
            return response
        code = _BY_STATUS.get(response.status_code, "internal")
        said = problem(Refusal(code, method=request.method))
        if "Allow" in response.headers:
            said["Allow"] = response["Allow"]
        return said
