"""Public pages: the paper behind a QR, an article's own words, a rule."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fengsui.kernel import statutes
from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.documents.lifecycle import DOCUMENT
from fengsui.platform.documents.queries import public_paper
from fengsui.platform.documents.rendering import data_digest, is_genuine
from fengsui.platform.fields import masked
from fengsui.platform.ledger.queries import sealed_place
from fengsui.web.doors import PUBLIC, door
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Fact, TagWord
from fengsui.web.ui.shell import PortalShell

_LARGEST = 20_000_000


def _shell() -> PortalShell:
    return PortalShell(authority=_("消防救援支队"), sign_in_url="/sign-in")


@door(PUBLIC)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return page(request, "portal/home.html", {"shell": _shell()})


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Number, kind, date, masked party, digest; and whether an uploaded PDF is the one we drew."""
    try:
        document, agency = public_paper(UUID(hex=code))
    except (ValueError, Refusal) as unknown:
        raise Http404 from unknown
    verdict = _checked(request, document) if request.method == "POST" else None
    facts = [
        Fact(_("文号"), document.number),
        Fact(_("文种"), document.title),
        Fact(_("制作机关"), agency),
        Fact(_("制作日期"), str(rules.local_day(document.issued_at))),
        Fact(_("当事人"), masked(document.party)),
        Fact(
            _("状态"),
            tags=[
                TagWord(DOCUMENT.title(document.state), "bad" if document.void_reason else "done")
            ],
        ),
        Fact(_("数据摘要"), data_digest(document), code=True, wide=True),
        Fact(_("台账位置"), sealed_place(document.entry_id), wide=True),
    ]
    context = {"shell": _shell(), "facts": facts, "document": document, "verdict": verdict}
    return page(request, "portal/paper.html", context)


def _checked(request: HttpRequest, document: "object") -> bool | None:
    upload = request.FILES.get("pdf")
    if upload is None or (upload.size or 0) > _LARGEST:
        return False
    return is_genuine(document, upload.read())  # type: ignore[arg-type]


@door(PUBLIC)
@require_GET
def statute(request: HttpRequest, citation: str) -> HttpResponse:
    """What a citation stands for: the article's words, or what is known of it."""
    try:
        places = statutes.parse_citation(citation)
        readings = [statutes.open_citation(place) for place in places]
    except Refusal as unknown:
        raise Http404 from unknown
    return page(
        request, "portal/law.html", {"shell": _shell(), "citation": citation, "readings": readings}
    )


@door(PUBLIC)
@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    found = rules.rulebook().rules(timezone.localdate())
    return page(request, "portal/rules.html", {"shell": _shell(), "rules": found})


@door(PUBLIC)
@require_GET
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    try:
        found = rules.rulebook().rule(rule_id, timezone.localdate())
    except Refusal as unknown:
        raise Http404 from unknown
    return page(request, "portal/rules.html", {"shell": _shell(), "rules": [found], "one": True})
