"""A whole page, or the part of it that htmx asked for.

A part is a template of its own beside the page: `desk/worklist.html` includes `desk/worklist__rows.html`
inside `<div id="rows">`; a request whose `HX-Target` is `rows` gets that file alone. The same view, the
same context, the same address: without JavaScript the whole page comes and nothing is lost.
"""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    parts: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or `template__part.html` when htmx asks for a part declared in `parts`."""
    part = _wanted_part(request, parts)
    name = part_template(template, part) if part else template
    response = render(request, name, dict(context or {}), status=status)
    if parts:
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def part_template(template: str, part: str) -> str:
    """`desk/worklist.html`, `rows` → `desk/worklist__rows.html`."""
    return f"{template.removesuffix('.html')}__{part}.html"


def _wanted_part(request: HttpRequest, parts: Sequence[str]) -> str:
    restoring = request.headers.get("HX-History-Restore-Request") == "true"
    if request.headers.get("HX-Request") != "true" or restoring:
        return ""
    target = request.headers.get("HX-Target", "")
    return target if target in parts else ""
