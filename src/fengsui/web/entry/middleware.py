"""Who is in front of us: decided anew at each request, so that an ended post ends at once."""

from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_otp.middleware import OTPMiddleware

from fengsui.platform.who import Who
from fengsui.web.doors import Answer, decide
from fengsui.web.entry.standing import POST_KEY, standing

__all__ = ["POST_KEY", "Request", "WhoMiddleware"]


class Request(HttpRequest):
    """A request with its actor; None for somebody who has not signed in, or not passed every gate."""

    who: Who | None
    gate: str


class WhoMiddleware:
    """Sets `request.who` and asks the door of each page; the API asks for itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = standing(request)
        request.who, request.gate = found.who, found.gate  # type: ignore[attr-defined]  # django-stubs knows no own attributes
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        if request.path.startswith("/api/"):
            return None
        answer = decide(request.who, view)
        if answer == Answer.FORBIDDEN:
            raise PermissionDenied
        if answer == Answer.SIGN_IN:
            way = {"next": request.get_full_path()} if request.method == "GET" else {}
            return redirect(f"{reverse(request.gate or 'entry:sign-in')}?{urlencode(way)}")
        return None


def who_of_session(key: str) -> Who | None:
    """The actor of a session as it is now: for streams, which outlive the request that began them."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    request.user = get_user(request)
    OTPMiddleware(lambda _: HttpResponse())(request)  # whether its second factor was shown
    return standing(request, active=False).who if POST_KEY in request.session else None
