"""Who calls: the bearer of a key, or a person signed in to our own pages."""

import dataclasses

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer

from fengsui.platform.apikeys.queries import bearer
from fengsui.platform.apikeys.store import used
from fengsui.platform.calls import Way
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who


class Key(HttpBearer):
    """`Authorization: Bearer` with a key that works today. The ledger names the key beside the post."""

    def authenticate(self, request: HttpRequest, token: str) -> Who | None:
        today = local_day(timezone.now())
        found = bearer(token, today)
        if found is None:
            return None
        key, who = found
        used(key, today)
        return dataclasses.replace(who, device=f"api-key/{key.id}")


class Session(APIKeyCookie):
    """The cookie of a signed-in person, with Django's CSRF check. A key that was sent is never passed over."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Who | None:
        if "Authorization" in request.headers or getattr(request, "who", None) is None:
            return None
        who: Who | None = super().__call__(request)
        return who

    def authenticate(self, request: HttpRequest, key: str | None) -> Who | None:
        who: Who | None = getattr(request, "who", None)
        return who


def caller(request: HttpRequest) -> Who:
    """The actor that authentication found."""
    who: Who = request.auth  # type: ignore[attr-defined]  # set by ninja
    return who


def way_of(who: Who) -> Way:
    return Way.API if who.device else Way.FIELD
