"""For machines that watch, and for phones that are to trust us."""

import hmac
import json
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from fengsui.platform import tls
from fengsui.platform.health import checks
from fengsui.platform.ledger import queries as ledger
from fengsui.platform.worklist.queries import overdue_count
from fengsui.web.doors import PUBLIC, door
from fengsui.web.health import meter

_LOCAL = frozenset({"127.0.0.1", "::1"})


@door(PUBLIC)
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers; it says nothing of anything else."""
    return HttpResponse("ok\n", content_type="text/plain")


@door(PUBLIC)
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Can the house work: database, disk, worker; and, told only, whether this year's calendar is there.

    Only states; how full a disk is is nobody's business.
    """
    now = timezone.now()
    needed, told = checks.run(checks.READY, now), checks.run(checks.TOLD, now)
    states = {finding.name: finding.state.value for finding in [*told[::-1], *needed]}
    status = 503 if any(finding.state == checks.State.BAD for finding in needed) else 200
    return HttpResponse(json.dumps(states) + "\n", "application/json", status)


@door(PUBLIC)
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text, for this machine itself or who has the token; for others it is not there."""
    if not _may_measure(request):
        raise Http404
    lines = [*meter.lines(), *_house(timezone.now())]
    return HttpResponse("\n".join(lines) + "\n", "text/plain; version=0.0.4; charset=utf-8")


def _may_measure(request: HttpRequest) -> bool:
    """Behind a proxy everybody comes from this machine: there only the token counts."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR") in _LOCAL and not forwarded and not settings.BEHIND_PROXY


def _house(now: datetime) -> Iterator[str]:
    since = ledger.waiting_since()
    waiting, stuck = ledger.deliveries(checks.look(now).limit("delivery_attempts"))
    gauges = {
        "fengsui_tasks_overdue": ("Living tasks whose deadline has passed.", overdue_count()),
        "fengsui_deliveries_waiting": ("News not yet delivered to its handler.", waiting),
        "fengsui_deliveries_stuck": ("News whose handler failed repeatedly.", stuck),
        "fengsui_sealing_lag_seconds": (
            "Age of the oldest ledger entry without a leaf.",
            round((now - since).total_seconds(), 3) if since else 0,
        ),
    }
    for name, (what, value) in gauges.items():
        yield from (f"# HELP {name} {what}", f"# TYPE {name} gauge", f"{name} {value}")


@door(PUBLIC)
@require_GET
def authority(request: HttpRequest) -> HttpResponseBase:
    """The certificate of our own authority, for devices that are to trust this server."""
    path = tls.authority_path()
    if not path.exists():
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename="fengsui-ca.crt",
        content_type="application/x-x509-ca-cert",
    )
