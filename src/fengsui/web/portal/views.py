"""Public pages: the way in, and the paper behind a QR."""

import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.documents.lifecycle import DOCUMENT
from fengsui.platform.documents.models import Document
from fengsui.platform.documents.queries import public_paper
from fengsui.platform.documents.rendering import data_digest, is_genuine
from fengsui.platform.fields import masked
from fengsui.platform.ledger.queries import latest_heads, sealed_place
from fengsui.web.doors import PUBLIC, door
from fengsui.web.pages import page
from fengsui.web.portal.shell import doors, shell
from fengsui.web.ui.shapes import Fact, TagWord

_LARGEST = 20_000_000
_HEADS_SHOWN = 12
_CODE = re.compile(r"[0-9a-fA-F]{32}")


@door(PUBLIC)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The doors, the look-up of a paper, the newest head, the rules that changed last."""
    newest = sorted(
        rules.rulebook().rules(timezone.localdate()), key=lambda rule: rule.effective_from
    )[-6:]
    context = {
        "shell": shell(""),
        "doors": doors(""),
        "heads": latest_heads(1),
        "rules": list(reversed(newest)),
    }
    return page(request, "portal/home.html", context)


@door(PUBLIC)
@require_GET
def look_up(request: HttpRequest) -> HttpResponse:
    """From the code under the QR (or the whole address behind it) to the paper."""
    said = request.GET.get("code", "")
    found = _CODE.search(re.sub(r"[\s-]", "", said))
    if found:
        return redirect("portal:paper", code=found.group().lower())
    context = {"shell": shell("paper"), "code": said}
    return page(request, "portal/look-up.html", context, status=422 if said else 200)


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Number, kind, date, masked party, digest; and whether an uploaded PDF is the one we drew."""
    try:
        document, agency = public_paper(UUID(hex=code))
    except (ValueError, Refusal) as unknown:
        raise Http404 from unknown
    verdict = _checked(request, document) if request.method == "POST" else None
    context = {
        "shell": shell("paper"),
        "facts": _facts(document, agency),
        "document": document,
        "verdict": verdict,
        "void": bool(document.void_reason),
    }
    return page(request, "portal/paper.html", context)


def _facts(document: Document, agency: str) -> list[Fact]:
    tone = TagWord(_(DOCUMENT.title(document.state)), "bad" if document.void_reason else "done")
    return [
        Fact(_("文号"), document.number),
        Fact(_("文种"), _(document.title)),
        Fact(_("制作机关"), agency),
        Fact(_("制作日期"), str(rules.local_day(document.issued_at))),
        Fact(_("当事人"), masked(document.party)),
        Fact(_("状态"), tags=[tone]),
        Fact(_("数据摘要"), data_digest(document), code=True, wide=True),
        Fact(
            _("台账位置"),
            sealed_place(document.entry_id),
            f"/transparency/{document.entry_id}",
            wide=True,
        ),
    ]


def _checked(request: HttpRequest, document: Document) -> bool:
    upload = request.FILES.get("pdf")
    if upload is None or (upload.size or 0) > _LARGEST:
        return False
    return is_genuine(document, upload.read())
