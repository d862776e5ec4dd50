"""What the pages before the first page share: where to go on, who knocks, a password field."""

from functools import wraps
from typing import Any, Protocol

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from fengsui.platform.accounts.models import User
from fengsui.web.ui.fields import Field


class _Step(Protocol):
    def __call__(self, request: HttpRequest, user: User) -> HttpResponse: ...


def next_of(request: HttpRequest) -> str:
    """Where somebody wanted to go; only within this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/desk/"
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else "/desk/"


def signed_in_only(view: _Step) -> Any:
    """A step for whoever has signed in, whatever else is still to be done."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, User):
            return redirect("entry:sign-in")
        return view(request, request.user)

    return never_cache(guarded)


def secret_field(name: str, label: str, autocomplete: str, **more: Any) -> Field:
    """A password or PIN: never kept in drafts, never shown again."""
    return Field(
        name,
        label,
        kind="password",
        required=True,
        autocomplete=autocomplete,
        personal=True,
        **more,
    )


def qr(text: str) -> str:
    """A QR code as the address of a picture (SVG inside a data: URI)."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=5, border=2)
