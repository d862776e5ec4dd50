"""Receipts that a provider sends by itself; the secret in the address says which provider it is."""

import json
import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fengsui.platform.notices import carriers, sending
from fengsui.web.doors import PUBLIC, door

_LARGEST = 1_000_000


@door(PUBLIC)
@csrf_exempt
@require_POST
def receipts(request: HttpRequest, secret: str) -> HttpResponse:
    """One receipt or a list of them; unknown messages are passed over. How many were taken."""
    channel = next(
        (
            name
            for name, gateway in carriers.gateways()
            if gateway.receipts
            and gateway.receipts.secret
            and secrets.compare_digest(gateway.receipts.secret.encode(), secret.encode())
        ),
        None,
    )
    if channel is None:
        raise Http404
    said = _said(request)
    if said is None:
        return HttpResponse(status=400)
    return JsonResponse({"taken": sending.receipts_said(channel, said, timezone.now())})


def _said(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body) if len(request.body) <= _LARGEST else None
    except ValueError:
        return None
