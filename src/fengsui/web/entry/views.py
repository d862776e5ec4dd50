"""Signing in and out, and choosing the post to act in."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengsui.platform.accounts.models import User
from fengsui.platform.signin.queries import phone_key
from fengsui.platform.who import TITLES, PostKind
from fengsui.web.doors import PUBLIC, door
from fengsui.web.entry.standing import POST_KEY, open_posts, way_of
from fengsui.web.entry.start import PHONE_COOKIE
from fengsui.web.entry.steps import next_of, secret_field
from fengsui.web.pages import page
from fengsui.web.ui.fields import Field


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The same words whatever was wrong: nobody learns which accounts exist."""
    if request.method == "GET" and "password" not in request.GET and _is_bound(request):
        return redirect("entry:pin")
    username = request.POST.get("username", "")
    error = ""
    if request.method == "POST":
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            return HttpResponseRedirect(next_of(request))
        error = _("登录名或密码不对。")
    return _sign_in_page(request, username, error, 403 if error else 200)


def locked(request: HttpRequest, *_args: object, **_more: object) -> HttpResponse:
    """What django-axes answers with when there were too many tries (settings.AXES_LOCKOUT_CALLABLE)."""
    error = _("尝试次数过多，账号暂时锁定，请稍后再试。急用请安全管理员发一次性链接。")
    return _sign_in_page(request, request.POST.get("username", ""), error, 429)


def _sign_in_page(request: HttpRequest, username: str, error: str, status: int) -> HttpResponse:
    fields = [
        Field("username", _("登录名"), value=username, required=True, autocomplete="username"),
        secret_field("password", _("密码"), "current-password"),
    ]
    context = {"fields": fields, "error": error, "next": request.GET.get("next", "")}
    return page(request, "entry/sign-in.html", context, status=status)


def _is_bound(request: HttpRequest) -> bool:
    return phone_key(request.COOKIES.get(PHONE_COOKIE, ""), timezone.now()) is not None


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
def choose_post(request: HttpRequest) -> HttpResponse:
    """One of one's own posts, or a post lent to a deputy."""
    if not isinstance(request.user, User):
        return redirect("entry:sign-in")
    posts = open_posts(request.user, way_of(request), timezone.now())
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
