"""The ledger for whoever audits it: who did what and when, without the business it was about."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.platform.actions import ACTIONS
from fengsui.platform.ledger.queries import PAGE_SIZE, recent
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.who import TITLES, PostKind
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import place_of
from fengsui.web.doors import door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Empty
from fengsui.web.ui.table import Cell, Column, Group, Pager, Row, Table


@door({PostKind.AUDIT_ADMIN})
@require_GET
def ledger(request: Request) -> HttpResponse:
    """Entries, newest first, perhaps of one kind of action."""
    what = request.GET.get("what", "")
    found = recent(place_of(request.GET.get("after", "")), what)
    kinds = sorted(
        (known.what, f"{_(known.of.title)}·{_(known.title)}") for known in ACTIONS.values()
    )
    context = {
        "shell": shell(request, "ledger"),
        "title": _("台账"),
        "what": what,
        "kinds": kinds,
        "table": _table(found, what),
    }
    return page(request, "desk/ledger.html", context)


def _table(found: list[Mapping[str, Any]], what: str) -> Table:
    columns = [
        Column(_("时间"), width="m"),
        Column(_("办理")),
        Column(_("人员"), width="l"),
        Column(_("记录"), width="m"),
        Column(_("台账位置"), width="s"),
    ]
    kept = {"what": what} if what else {}
    more = urlencode({**kept, "after": found[-1]["id"]}) if len(found) == PAGE_SIZE else ""
    pager = Pager(shown=len(found), next_url=f"?{more}" if more else "")
    empty = Empty(_("没有这样的台账记录"), icon="shield-check")
    return Table(_("台账"), columns, [Group([_row(entry) for entry in found])], pager, empty)


def _row(entry: Mapping[str, Any]) -> Row:
    moment = timezone.localtime(datetime.fromisoformat(entry["received_at"]))
    who = entry["who"]
    of = RECORD_TYPES.get(str(entry["what"]).split(".", 1)[0])
    place = f"#{entry['leaf'] + 1}" if entry["leaf"] is not None else _("待封存")
    return Row(
        [
            Cell(f"{moment:%Y-%m-%d %H:%M:%S}"),
            Cell(_(entry["title"]), note=_why(entry)),
            Cell(who["name"], note=str(TITLES[PostKind(who["kind"])])),
            Cell(_(of.title) if of else "—"),
            Cell(place, reverse("portal:inclusion", args=[entry["id"]]), code=True),
        ]
    )


def _why(entry: Mapping[str, Any]) -> str:
    """A look at personal data says at what and why; of other entries only their kind is shown."""
    if not str(entry["what"]).endswith(".reveal"):
        return ""
    return f"{_(entry['result'].get('title', ''))}：{entry['inputs'].get('reason', '')}"
