"""Transparency: signed heads, that history only grew between two, that an entry stands under one.

Nothing here says what an entry is about: a proof holds its digest, never its words.
"""

import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.kernel.refusal import Refusal
from fengsui.platform.ledger import queries
from fengsui.platform.rules import CHINA
from fengsui.platform.words import answer
from fengsui.web.doors import PUBLIC, door
from fengsui.web.pages import page
from fengsui.web.portal.shell import shell
from fengsui.web.ui.shapes import Fact

_HEADS_SHOWN = 12


@door(PUBLIC)
@require_GET
def transparency(request: HttpRequest) -> HttpResponse:
    """Signed heads, newest first, the key that signed them, and the look-up of an entry."""
    said = request.GET.get("entry", "").strip()
    context = {"shell": shell("transparency"), "entry": said}
    if said:
        try:
            return redirect("portal:inclusion", entry=UUID(said))
        except ValueError:
            context["error"] = _("编号是 36 位的，例如文书核验页“台账位置”所链接的那一个。")
    context |= {"heads": queries.latest_heads(_HEADS_SHOWN), "public_key": queries.public_key()}
    return page(request, "portal/transparency.html", context, status=422 if said else 200)


@door(PUBLIC)
@require_GET
def heads(request: HttpRequest) -> HttpResponse:
    """The newest heads as they are exported: for whoever keeps them elsewhere."""
    return _json(queries.published_heads)


@door(PUBLIC)
@require_GET
def consistency(request: HttpRequest) -> HttpResponse:
    """`?from=SIZE&to=SIZE[&log=N]`: the proof of RFC 9162, 2.1.4, with both heads."""
    given = request.GET

    def proved() -> object:
        log, old, new = (_number(given.get(name, "")) for name in ("log", "from", "to"))
        return queries.consistency(log or queries.latest_log(), old, new)

    return _json(proved)


def _number(text: str) -> int:
    """A size as somebody typed it; what is no number is a size nobody signed."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@door(PUBLIC)
@require_GET
def inclusion_data(request: HttpRequest, entry: UUID) -> HttpResponse:
    """The proof of RFC 9162, 2.1.3, as `fengsui ledger proof` prints it."""
    return _json(lambda: queries.proof(entry))


@door(PUBLIC)
@require_GET
def inclusion(request: HttpRequest, entry: UUID) -> HttpResponse:
    """The same for people: where the entry stands, under which head, and the steps up to the root."""
    try:
        proof = queries.proof(entry)
    except Refusal as no:
        said = answer(no)
        context = {"shell": shell("transparency"), "entry": entry, "problem": said.text}
        return page(request, "portal/inclusion.html", context, status=said.status)
    head = proof["head"]
    facts = [
        Fact(_("台账位置"), _("日志 %(log)s 第 %(index)s 条") % proof),
        Fact(_("树头"), _("%s 条") % head["size"]),
        Fact(_("签名时间"), _minute(head["at"])),
        Fact(_("记录摘要"), proof["digest"], code=True, wide=True),
        Fact(_("树根"), head["root"], code=True, wide=True),
    ]
    context = {
        "shell": shell("transparency"),
        "entry": entry,
        "facts": facts,
        "path": proof["path"],
    }
    return page(request, "portal/inclusion.html", context)


def _minute(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def _json(ask: Callable[[], object]) -> HttpResponse:
    try:
        status, said = 200, ask()
    except Refusal as no:
        worded = answer(no)
        status, said = worded.status, {"code": no.code, "text": worded.text}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n"
    return HttpResponse(text, "application/json; charset=utf-8", status)
