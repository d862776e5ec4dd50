"""What a brigade has to do, who is loaded how much, and the way to hand a task over."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.platform.accounts.queries import brigades_under, names_of
from fengsui.platform.who import PostKind, Who
from fengsui.platform.worklist.models import Task
from fengsui.platform.worklist.queries import BOARD_SIZE, Load, board_of, loads
from fengsui.web.desk import tasks
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import place_of
from fengsui.web.doors import door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Kind, Tab

HEADS = frozenset({PostKind.BRIGADE_HEAD, PostKind.DETACHMENT_LEADER})


@door(HEADS)
@require_GET
def board(request: Request) -> HttpResponse:
    """All tasks of a brigade by deadline, and how much each holder has."""
    who = actor(request)
    brigades = _brigades(who)
    chosen = _chosen(request, brigades)
    holder = place_of(request.GET.get("holder", ""))
    found = board_of(who, chosen, holder, place_of(request.GET.get("after", "")))
    counted = loads(who, chosen)
    names = names_of({load.holder for load in counted if load.holder})
    context = {
        "shell": shell(request, "worklist"),
        "tabs": tasks.tabs(who, "brigade"),
        "brigades": [Tab(name, f"?of={key}", key == chosen) for key, name in brigades.items()],
        "loads": _tiles(counted, names, chosen, holder),
        "table": tasks.board(found, names, _more(found, chosen, holder)),
    }
    return page(request, "desk/brigade.html", context)


def _brigades(who: Who) -> dict[UUID, str]:
    """A head has one, a leader those of his region."""
    if who.kind == PostKind.DETACHMENT_LEADER:
        return brigades_under(who.region)
    return {who.organisation_id: who.organisation} if who.organisation_id else {}


def _chosen(request: Request, brigades: Mapping[UUID, str]) -> UUID:
    chosen = place_of(request.GET.get("of", "")) or next(iter(brigades), None)
    if chosen is None or chosen not in brigades:
        raise Http404
    return chosen


def _more(found: Sequence[Task], chosen: UUID, holder: UUID | None) -> str:
    if len(found) < BOARD_SIZE:
        return ""
    kept = f"&holder={holder}" if holder else ""
    return f"?of={chosen}{kept}&after={found[-1].id}"


def _tiles(
    counted: Sequence[Load], names: Mapping[UUID, str], chosen: UUID, holder: UUID | None
) -> list[Kind]:
    address = f"{reverse('desk:brigade')}?of={chosen}"
    whole = Kind(
        _("全部"),
        sum(load.count for load in counted),
        address,
        sum(load.late for load in counted),
        not holder,
    )
    return [whole] + [
        Kind(
            names.get(load.holder, "—") if load.holder else _("未指定"),
            load.count,
            f"{address}&holder={load.holder}" if load.holder else address,
            load.late,
            load.holder == holder and holder is not None,
        )
        for load in counted
    ]
