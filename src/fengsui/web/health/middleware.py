"""Measures each request and logs it by its route: what was asked, never what was said."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fengsui.web.health import meter

log = logging.getLogger("fengsui.web")


class MeterMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        route = request.resolver_match.route if request.resolver_match else "(none)"
        method = request.method if request.method in _METHODS else "OTHER"
        meter.note(method or "OTHER", f"/{route}", response.status_code, seconds)
        who = getattr(request, "who", None)
        facts = {"route": f"/{route}", "method": method, "status": response.status_code}
        log.info("request", extra=facts | {"ms": round(seconds * 1000), "post": _post(who)})
        return response


# Anybody can invent a method: a label must not grow with what strangers send.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _post(who: object) -> str:
    return str(getattr(who, "post_id", None) or "")
