"""Steps between signing in and acting: a password of one's own, the second factor."""

from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_otp import login as otp_login

from fengsui.platform.accounts.models import User
from fengsui.platform.signin import queries, store
from fengsui.platform.signin.models import Way, What
from fengsui.platform.signin.passwords import LengthByRule, faults
from fengsui.platform.signin.receivers import SIGNED_IN, where_of
from fengsui.platform.signin.second_factor import Verdict, enrol, judge
from fengsui.web.doors import PUBLIC, door
from fengsui.web.entry.standing import is_verified, way_of
from fengsui.web.entry.steps import next_of, qr, secret_field, signed_in_only
from fengsui.web.pages import page
from fengsui.web.ui.fields import Field


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
@signed_in_only
def password(request: HttpRequest, user: User) -> HttpResponse:
    """Change one's password; every other sign-in of the person ends."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _password_errors(request, user)
        if not errors:
            _set_password(request, user, request.POST["password"])
            return HttpResponseRedirect(next_of(request))
    fields = [
        secret_field(
            "current", _("现在的密码"), "current-password", error=errors.get("current", "")
        ),
        secret_field(
            "password",
            _("新密码"),
            "new-password",
            help=LengthByRule().get_help_text(),
            error=errors.get("password", ""),
        ),
        secret_field("again", _("再输一次"), "new-password", error=errors.get("again", "")),
    ]
    context = {"fields": fields, "next": next_of(request), "forced": user.must_change_password}
    return page(request, "entry/password.html", context, status=422 if errors else 200)


def _password_errors(request: HttpRequest, user: User) -> dict[str, str]:
    new, current = request.POST.get("password", ""), request.POST.get("current", "")
    if authenticate(request, username=user.username, password=current) is None:
        return {"current": _("现在的密码不对。")}
    if new == current:
        return {"password": _("新密码不能与现在的相同。")}
    if wrong := faults(new, user):
        return {"password": wrong}
    if new != request.POST.get("again", ""):
        return {"again": _("两次输入不一样，请重新输入。")}
    return {}


def _set_password(request: HttpRequest, user: User, new: str) -> None:
    now = timezone.now()
    store.set_password(user, make_password(new))
    store.end(user, now, but=request.session[SIGNED_IN])
    store.note(What.PASSWORD_SET, now, user, where_of(request))
    user.refresh_from_db()
    update_session_auth_hash(request, user)


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
@signed_in_only
def code(request: HttpRequest, user: User) -> HttpResponse:
    """The code of the authenticator, or a recovery code."""
    device = queries.second_factor_of(user.id)
    if device is None:
        return redirect("entry:enrol")
    error = ""
    if request.method == "POST":
        verdict = judge(user, request.POST.get("code", ""), timezone.now(), where_of(request))
        if verdict == Verdict.RIGHT:
            request.session.cycle_key()
            otp_login(request, device)
            return HttpResponseRedirect(next_of(request))
        error = {
            Verdict.WRONG: _("动态口令不对。请等下一个六位数字再试，或者输入一个备用码。"),
            Verdict.LOCKED: _("错误次数过多，请十几分钟后再试。"),
        }[verdict]
    field = Field(
        "code", _("六位动态口令，或一个备用码"), required=True, autocomplete="one-time-code",
        personal=True, autofocus=True, error=error,
    )  # fmt: skip
    context = {"fields": [field], "next": next_of(request)}
    return page(request, "entry/code.html", context, status=403 if error else 200)


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
@signed_in_only
def enrol_second_factor(request: HttpRequest, user: User) -> HttpResponse:
    """Set up an authenticator. Whoever has one must show it before it can be replaced."""
    if way_of(request) == Way.PIN:
        return redirect("desk:worklist")
    if queries.second_factor_of(user.id) is not None and not is_verified(request):
        return redirect("entry:code")
    error = ""
    if request.method == "POST":
        now = timezone.now()
        codes = enrol(user, request.POST.get("code", ""), now, where_of(request))
        if codes is not None:
            request.session.cycle_key()
            otp_login(request, queries.second_factor_of(user.id))
            return page(request, "entry/recovery.html", {"codes": codes, "next": next_of(request)})
        error = _("动态口令不对。请核对手机时间，等下一个六位数字再试。")
    device = store.draft_second_factor(user)
    field = Field(
        "code", _("手机上显示的六位数字"), required=True, autocomplete="one-time-code",
        inputmode="numeric", personal=True, error=error,
    )  # fmt: skip
    context = {
        "fields": [field],
        "next": next_of(request),
        "picture": qr(device.config_url),
        "secret": _spoken(device.config_url),
    }
    return page(request, "entry/enrol.html", context, status=422 if error else 200)


def _spoken(url: str) -> str:
    """The secret in groups of four, for typing by hand."""
    secret = url.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
