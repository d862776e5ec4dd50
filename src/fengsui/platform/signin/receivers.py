"""What Django and axes tell about the door is written down; each sign-in gets its row."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY

from fengsui.platform.accounts.models import User
from fengsui.platform.signin import store
from fengsui.platform.signin.models import Way, What
from fengsui.platform.signin.queries import user_named
from fengsui.platform.signin.store import Where

SIGNED_IN, WAY = "signed_in", "way"


def where_of(request: HttpRequest | None) -> Where:
    """Address and browser of a request; a proxy's own address unless Django was told to trust it."""
    if request is None:
        return store.NOWHERE
    meta = request.META
    return Where(meta.get("REMOTE_ADDR") or "", meta.get("HTTP_USER_AGENT") or "")


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    phone: UUID | None = getattr(request, "phone_id", None)
    way = Way.PIN if phone else Way.PASSWORD
    now, where = timezone.now(), where_of(request)
    # A second factor shown in an earlier sign-in of this browser does not count for this one.
    request.session.pop(DEVICE_ID_SESSION_KEY, None)
    request.session[WAY] = way.value
    request.session[SIGNED_IN] = str(store.begin(user, way, now, where, phone).id)
    store.note(What.PIN_SIGNED_IN if phone else What.SIGNED_IN, now, user, where)


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is None:
        return
    signed_in, now = request.session.get(SIGNED_IN), timezone.now()
    if signed_in:
        store.leave(UUID(signed_in), now)
    store.note(What.SIGNED_OUT, now, user, where_of(request))


@receiver(user_login_failed)
def _failed(credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    known = user_named(str(credentials.get("username", "")))
    store.note(What.WRONG_PASSWORD, timezone.now(), known, where_of(request))


@receiver(user_locked_out)
def _locked(request: HttpRequest, username: str, **_: Any) -> None:
    store.note(What.LOCKED, timezone.now(), user_named(username or ""), where_of(request))
