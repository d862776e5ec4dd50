"""Who is in front of us: decided anew at each request, so that an ended post ends at once."""

from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from fengsui.platform.accounts.models import User
from fengsui.platform.accounts.queries import usable_posts, who_in
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who
from fengsui.web.doors import Answer, decide

POST_KEY = "post"


class Request(HttpRequest):
    """A request with its actor; None for somebody who has not signed in."""

    who: Who | None


class WhoMiddleware:
    """Sets `request.who` and asks the door of each page; the API asks for itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.who = _who(request)  # type: ignore[attr-defined]  # django-stubs knows no own attributes
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
            if request.user.is_authenticated:
                return redirect("entry:post")
            return redirect(f"/sign-in?{urlencode({'next': request.get_full_path()})}")
        return None


def who_of_session(key: str) -> Who | None:
    """The actor of a session as it is now: for streams, which outlive the request that began them."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    request.user = get_user(request)
    return _who(request) if POST_KEY in request.session else None


def _who(request: HttpRequest) -> Who | None:
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return None
    today = local_day(timezone.now())
    chosen = request.session.get(POST_KEY)
    if chosen:
        return who_in(user.id, user.name, UUID(chosen), today)
    posts = usable_posts(user.id, today)
    if len(posts) != 1:
        return None
    request.session[POST_KEY] = str(posts[0][0].id)
    return who_in(user.id, user.name, posts[0][0].id, today)
