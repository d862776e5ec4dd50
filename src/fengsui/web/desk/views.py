"""Reading pages: worklist, records, papers. Everything comes through named reads."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from fengsui.platform.documents.queries import paper_for
from fengsui.platform.documents.rendering import pdf
from fengsui.platform.files import store as files
from fengsui.platform.files.queries import readable
from fengsui.platform.worklist.queries import own_tasks
from fengsui.registry.actions import PREMISES_TYPE
from fengsui.registry.lifecycle import PREMISES
from fengsui.registry.queries import premises_page
from fengsui.supervision import queries
from fengsui.supervision.actions.hazard import HAZARDS
from fengsui.supervision.actions.planning import INSPECTIONS
from fengsui.supervision.lifecycle import INSPECTION
from fengsui.web.desk import ground, records, register, tasks
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import buttons
from fengsui.web.doors import PEOPLE, SUPERVISION, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.policy import with_tiles


@door(PEOPLE)
@require_GET
def worklist(request: Request) -> HttpResponse:
    """What I must do, by deadline."""
    who, kind, start = actor(request), request.GET.get("kind", ""), request.GET.get("from", "")
    found = own_tasks(who)
    context = {
        "shell": shell(request, "worklist"),
        "now": timezone.now(),
        "tabs": tasks.tabs(who, "own"),
        "kinds": tasks.kinds_of(found, kind),
        "table": tasks.worklist(found, who, kind, int(start) if start.isdecimal() else 0),
    }
    return page(request, "desk/worklist.html", context, parts=("tasks",))


@door(SUPERVISION)
@require_GET
def premises(request: Request, record_id: UUID) -> HttpResponse:
    who = actor(request)
    record = premises_page(who, record_id)
    if record is None:
        raise Http404
    main, others = buttons(record, PREMISES_TYPE, who)
    context = {
        "shell": shell(request, "premises"),
        "main": main,
        "actions": [*others, *register.links(record)],
        **records.premises(record, who),
        "lifecycle": PREMISES,
        "links": ground.links_to(record),
        "tiles": ground.tiles(),
    }
    return with_tiles(page(request, "desk/premises.html", context))


@door(SUPERVISION)
@require_GET
def inspection(request: Request, record_id: UUID) -> HttpResponse:
    who = actor(request)
    record = queries.inspection_page(who, record_id)
    if record is None:
        raise Http404
    main, others = buttons(record, INSPECTIONS, who)
    context = {
        "shell": shell(request, "inspections"),
        "main": main,
        "actions": others,
        **records.inspection(record, who),
        "lifecycle": INSPECTION,
    }
    return page(request, "desk/record.html", context)


@door(SUPERVISION)
@require_GET
def hazard(request: Request, record_id: UUID) -> HttpResponse:
    who = actor(request)
    record = queries.hazard_page(who, record_id)
    if record is None:
        raise Http404
    main, others = buttons(record, HAZARDS, who)
    context = {
        "shell": shell(request, "hazards"),
        "main": main,
        "actions": others,
        **records.hazard(record, who),
    }
    return page(request, "desk/record.html", context)


@door(SUPERVISION)
@require_GET
def document(request: Request, record_id: UUID) -> HttpResponse:
    """The paper itself; drawn now if nobody has opened it yet."""
    paper = paper_for(actor(request), record_id)
    if paper is None:
        raise Http404
    response = HttpResponse(pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper.id}.pdf"'
    return response


@door(SUPERVISION)
@require_GET
def file(request: Request, file_id: UUID) -> HttpResponse:
    """An upload, for whoever may see a record it hangs on."""
    found = readable(file_id, actor(request))
    if found is None:
        raise Http404
    response = HttpResponse(files.read(found.sha256), content_type=found.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
