"""The first start by a one-time link, the first start of a phone by a paper code, and its PIN."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import User
from fengsui.platform.signin import policy, queries, starting, store
from fengsui.platform.signin.models import PhoneKey, TicketKind, What
from fengsui.platform.signin.passwords import LengthByRule, faults
from fengsui.platform.signin.receivers import where_of
from fengsui.platform.signin.secrets import is_weak_pin
from fengsui.platform.words import answer
from fengsui.web.doors import PUBLIC, door
from fengsui.web.entry.steps import next_of, secret_field
from fengsui.web.pages import page
from fengsui.web.ui.fields import Field

PHONE_COOKIE = "phone"
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_DAY = 24 * 3600
_LOST = Refusal("ticket-invalid")


@door(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, secret: str) -> HttpResponse:
    """Set a first or a new password. A link that does not open says nothing more."""
    now, where = timezone.now(), where_of(request)
    ticket = queries.ticket_of(TicketKind.LINK, secret, now)
    if ticket is None:
        store.note(What.WRONG_TICKET, now, where=where)
        return _lost(request)
    error = ""
    if request.method == "POST":
        password = request.POST.get("password", "")
        error = _unlike(password, request.POST.get("again", "")) or faults(password, ticket.user)
        if not error:
            try:
                user = starting.start_with_password(ticket, password, now, where)
            except Refusal:
                return _lost(request)
            login(request, user, backend=_BACKEND)
            return redirect("desk:worklist")
    fields = [
        secret_field(
            "password",
            _("新密码"),
            "new-password",
            help=LengthByRule().get_help_text(),
            error=error,
        ),
        secret_field("again", _("再输一次"), "new-password"),
    ]
    context = {"fields": fields, "person": ticket.user}
    return page(request, "entry/start.html", context, status=422 if error else 200)


def _unlike(first: str, again: str) -> str:
    return "" if first == again else _("两次输入不一样，请重新输入。")


def _lost(request: HttpRequest) -> HttpResponse:
    said = answer(_LOST)
    return page(request, "entry/lost.html", {"text": said.text}, status=said.status)


@door(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def start_phone(request: HttpRequest) -> HttpResponse:
    """The code from the paper and a PIN of one's own; then this phone is bound."""
    code = request.POST.get("code") or request.GET.get("code", "")
    errors: dict[str, str] = {}
    if request.method == "POST":
        response, errors = _bind(request, code)
        if response is not None:
            return response
    digits = policy.limit("pin_digits", timezone.now())
    fields = [
        Field(
            "code", _("纸上的登录码"), value=code, required=True, autocomplete="off", personal=True,
            help=_("字母不分大小写，短横可以不输。"), error=errors.get("code", ""),
        ),
        secret_field(
            "pin", _("自己定一个口令"), "off", inputmode="numeric", max_length=digits,
            help=_("{n} 位数字，以后只用它登录。").format(n=digits), error=errors.get("pin", ""),
        ),
        secret_field("again", _("再输一次口令"), "off", inputmode="numeric", max_length=digits),
    ]  # fmt: skip
    status = 422 if errors else 200
    return page(request, "entry/start-phone.html", {"fields": fields}, status=status)


def _bind(request: HttpRequest, code: str) -> tuple[HttpResponse | None, dict[str, str]]:
    now, where = timezone.now(), where_of(request)
    pin = request.POST.get("pin", "")
    if wrong := _pin_fault(pin, request.POST.get("again", "")):
        return None, {"pin": wrong}
    if starting.too_many_tickets_tried(now, where):
        return None, {"code": _("尝试次数过多，请一小时后再试，或到发放登录码的地方办理。")}
    ticket = queries.ticket_of(TicketKind.PAPER, code, now)
    if ticket is None:
        store.note(What.WRONG_TICKET, now, where=where)
        return None, {"code": answer(_LOST).text}
    try:
        user, phone, token = starting.start_on_phone(ticket, pin, _phone_name(where.agent), now)
    except Refusal as no:
        return None, {"code": answer(no).text}
    request.phone_id = phone  # type: ignore[attr-defined]  # read by the receiver of the sign-in
    response = _enter(request, user)
    days = policy.limit("device_days", now)
    response.set_cookie(
        PHONE_COOKIE,
        token,
        max_age=days * _DAY,
        httponly=True,
        secure=settings.HOSTS_SECURE,
        samesite="Lax",
    )
    return response, {}


def _pin_fault(pin: str, again: str) -> str:
    digits = policy.limit("pin_digits", timezone.now())
    if not (len(pin) == digits and pin.isascii() and pin.isdigit()):
        return _("口令应是 {n} 位数字。").format(n=digits)
    if is_weak_pin(pin):
        return _("这个口令太容易猜，不要用相同或连续的数字。")
    return _unlike(pin, again)


def _phone_name(agent: str) -> str:
    """What a person calls it: a word out of the browser's own description."""
    names = {"iPhone": "iPhone", "iPad": "iPad", "HarmonyOS": "鸿蒙手机", "Android": "安卓手机"}
    return next((name for word, name in names.items() if word in agent), _("其他设备"))


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend=_BACKEND)
    return HttpResponseRedirect(next_of(request))


@door(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """Six digits on a bound phone."""
    now = timezone.now()
    key = queries.phone_key(request.COOKIES.get(PHONE_COOKIE, ""), now)
    if key is None:
        return redirect("/sign-in?password=1")
    error = ""
    if request.method == "POST":
        if starting.open_phone(key, request.POST.get("pin", ""), now, where_of(request)):
            request.phone_id = key.phone_id  # type: ignore[attr-defined]  # read by the receiver of the sign-in
            return _enter(request, key.phone.user)
        key.refresh_from_db()
        error = _pin_words(key)
    elif starting.is_locked(key, now):
        error = _pin_words(key)
    digits = policy.limit("pin_digits", now)
    field = secret_field(
        "pin", _("{n} 位口令").format(n=digits), "off", inputmode="numeric", max_length=digits,
        autofocus=True, error=error,
    )  # fmt: skip
    context = {"fields": [field], "person": key.phone.user, "next": request.GET.get("next", "")}
    return page(request, "entry/pin.html", context, status=403 if error else 200)


def _pin_words(key: PhoneKey) -> str:
    left = policy.limit("pin_tries", timezone.now()) - key.wrong
    if left <= 0:
        return _("口令错误次数过多，这部手机已锁定。请到发放登录码的地方换一张新的登录码。")
    return _("口令不对，还可以试 {n} 次。").format(n=left)
