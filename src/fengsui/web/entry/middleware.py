"""Who is in front of us: decided anew at each request, so that an ended post ends at once."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from fengsui.platform.accounts.models import User
from fengsui.platform.accounts.queries import usable_posts, who_in
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who

POST_KEY = "post"
# Open to everybody: the public site, signing in, static files, probes.
_PUBLIC = (
    "/d/",
    "/law/",
    "/rules/",
    "/transparency",
    "/sign-in",
    "/static/",
    "/healthz",
    "/readyz",
    "/ui/",
)


class Request(HttpRequest):
    """A request with its actor; None for somebody who has not signed in."""

    who: Who | None


class WhoMiddleware:
    """Sets `request.who`; leads people without a post to the sign-in or the choice of posts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        who = _who(request)
        request.who = who  # type: ignore[attr-defined]  # django-stubs knows no own attributes
        open_to_all = request.path == "/" or request.path.startswith(_PUBLIC)
        if who is None and not open_to_all and request.path not in ("/post", "/sign-out"):
            if request.user.is_authenticated:
                return redirect("entry:post")
            if request.path.startswith("/api/"):
                return self.get_response(request)
            return redirect(f"/sign-in?next={request.path}")
        return self.get_response(request)


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
