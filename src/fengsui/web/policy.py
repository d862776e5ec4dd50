"""What a page may load: only what we serve ourselves, no inline script or style."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)


def with_tiles(response: HttpResponse) -> HttpResponse:
    """Let a page with a map load tiles from the host that the settings name, and from no other."""
    if settings.MAP_TILES:
        parts = urlsplit(settings.MAP_TILES)
        host = f"{parts.scheme}://{parts.netloc}"
        policy = _POLICY.replace("img-src 'self'", f"img-src 'self' {host}")
        response.headers["Content-Security-Policy"] = f"{policy}; connect-src 'self' {host}"
    return response


class ContentPolicyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        return response
