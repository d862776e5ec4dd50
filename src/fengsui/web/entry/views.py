"""Signing in and out, and choosing the post to act in."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengsui.platform.accounts.models import User
from fengsui.platform.accounts.queries import usable_posts
from fengsui.platform.rules import local_day
from fengsui.platform.who import TITLES, PostKind
from fengsui.web.doors import PUBLIC, door
from fengsui.web.entry.middleware import POST_KEY
from fengsui.web.pages import page
from fengsui.web.ui.fields import Field


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The same words whatever was wrong: nobody learns which accounts exist."""
    username = request.POST.get("username", "")
    error = ""
    if request.method == "POST":
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            return HttpResponseRedirect(_next(request))
        locked = getattr(request, "axes_locked_out", False)
        error = _("尝试次数过多，账号暂时锁定，请稍后再试。") if locked else _("登录名或密码不对。")
    fields = [
        Field("username", _("登录名"), value=username, required=True, autocomplete="username"),
        Field(
            "password",
            _("密码"),
            kind="password",
            required=True,
            autocomplete="current-password",
            personal=True,
        ),
    ]
    context = {"fields": fields, "error": error, "next": request.GET.get("next", "")}
    return page(request, "entry/sign-in.html", context, status=403 if error else 200)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or "/desk/"
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else "/desk/"


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
def choose_post(request: HttpRequest) -> HttpResponse:
    """One of one's own posts, or a post lent to a deputy."""
    if not isinstance(request.user, User):
        return redirect("entry:sign-in")
    posts = usable_posts(request.user.id, local_day(timezone.now()))
    if request.method == "POST":
        wanted = request.POST.get("post", "")
        if wanted in {str(post.id) for post, _lent in posts}:
            request.session[POST_KEY] = wanted
            return redirect("desk:worklist")
    lines = [
        (post.id, f"{post.organisation.name}·{TITLES[PostKind(post.kind)]}", lent, post.user.name)
        for post, lent in posts
    ]
    return page(request, "entry/post.html", {"posts": lines})


@door(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("entry:sign-in")
