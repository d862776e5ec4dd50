"""A manager claims the place behind a door with the code from an officer's paper."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import User
from fengsui.platform.actions import perform, persist
from fengsui.platform.calls import Form
from fengsui.platform.signin import starting, store
from fengsui.platform.signin.models import What
from fengsui.platform.signin.passwords import LengthByRule, faults
from fengsui.platform.signin.receivers import where_of
from fengsui.platform.who import PUBLIC as ANYBODY
from fengsui.platform.who import PostKind, Who
from fengsui.platform.words import answer
from fengsui.registry.actions import (
    Claiming,
    FirstClaiming,
    claim_as_newcomer,
    claim_premises,
)
from fengsui.registry.models import Premises
from fengsui.web.calls import desk_call
from fengsui.web.doors import PUBLIC, door
from fengsui.web.entry.steps import secret_field
from fengsui.web.forms import fields_of, read
from fengsui.web.pages import page
from fengsui.web.portal.premises import found_behind
from fengsui.web.portal.shell import shell
from fengsui.web.ui.fields import Field

_BACKEND = "django.contrib.auth.backends.ModelBackend"
Errors = dict[str, str]


@door(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """The one-time code makes this place one of the manager's; who has no account makes one here."""
    found = found_behind(code)
    who: Who | None = getattr(request, "who", None)
    if who is not None and who.kind != PostKind.PREMISES_MANAGER:
        raise PermissionDenied
    errors: Errors = {}
    if request.method == "POST":
        response, errors = _tried(request, found, who)
        if response is not None:
            return response
    context = {
        "shell": shell("premises"),
        "premises": found,
        "newcomer": who is None,
        "fields": _fields(request, who, errors),
        "general": [errors[""]] if errors.get("") else [],
        "key": request.POST.get("key", "") or str(new_id()),
    }
    return page(request, "portal/claim.html", context, status=422 if errors else 200)


def _fields(request: HttpRequest, who: Who | None, errors: Errors) -> list[Field]:
    asked = Claiming if who else FirstClaiming
    fields = fields_of(asked, request.POST.dict(), {}, errors)
    shown = [item for item in fields if item.name != "door"]
    if who is not None:
        return shown
    rule = LengthByRule().get_help_text()
    return [
        *shown,
        secret_field(
            "password", _("密码"), "new-password", help=rule, error=errors.get("password", "")
        ),
        secret_field("again", _("再输一次"), "new-password"),
    ]


def _tried(
    request: HttpRequest, premises: Premises, who: Who | None
) -> tuple[HttpResponse | None, Errors]:
    """The way on, or what is in the way: field → sentence."""
    now, where = timezone.now(), where_of(request)
    if starting.too_many_tickets_tried(now, where):
        return None, {"code": _("尝试次数过多，请一小时后再试，或到监管机构办理。")}
    said = request.POST.copy()
    said["door"] = premises.door_code or ""
    form, errors = read(Claiming if who else FirstClaiming, said, {})
    try:
        if isinstance(form, FirstClaiming):
            return _begun(request, form)
        if form is not None and who is not None:
            return _claimed(request, form, who), {}
    except Refusal as no:
        if no.code == "claim-invalid":
            store.note(What.WRONG_TICKET, now, where=where)
        return None, {_BESIDE.get(no.code, ""): answer(no).text}
    return None, errors


_BESIDE = {"claim-invalid": "code", "username-taken": "username"}


def _claimed(request: HttpRequest, form: Form, who: Who) -> HttpResponse:
    done = perform(claim_premises, None, desk_call(request, who), form)
    name = done.result["premises"]
    messages.success(request, _("已认领“{name}”。请选择该单位的岗位。").format(name=name))
    return redirect("entry:post")


def _begun(request: HttpRequest, form: FirstClaiming) -> tuple[HttpResponse | None, Errors]:
    """Account, post and password in one: none of them without the others."""
    password = request.POST.get("password", "")
    unlike = "" if password == request.POST.get("again", "") else _("两次输入不一样，请重新输入。")
    if wrong := unlike or faults(password, User(username=form.username, name=form.name)):
        return None, {"password": wrong}
    encoded = make_password(password)

    def start() -> User:
        done = perform(claim_as_newcomer, None, desk_call(request, ANYBODY), form)
        if done.replayed:
            raise Refusal("username-taken", username=form.username)
        return store.with_password(str(done.result["user"]), encoded)

    login(request, persist(start), backend=_BACKEND)
    return redirect("desk:worklist"), {}
