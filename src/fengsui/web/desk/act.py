"""Pages that act: one form for every action, drawn from its declaration, and one for the checklist."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import ACTIONS, Action, perform
from fengsui.platform.calls import Call, Form, Way
from fengsui.platform.files.actions import receive
from fengsui.platform.questions import choices_of
from fengsui.platform.records import Record
from fengsui.platform.rules import local_day
from fengsui.platform.who import ENFORCERS, Who
from fengsui.platform.words import answer
from fengsui.supervision import queries
from fengsui.supervision.actions.forms import Answers
from fengsui.supervision.actions.inspection import record_answers
from fengsui.supervision.lifecycle import RESULT_TITLES, Result
from fengsui.web.desk.shell import shell
from fengsui.web.desk.views import actor
from fengsui.web.desk.words import url_of
from fengsui.web.doors import PEOPLE, door
from fengsui.web.entry.middleware import Request
from fengsui.web.forms import fields_of, read
from fengsui.web.pages import page
from fengsui.web.ui.fields import Choice
from fengsui.web.ui.shapes import Crumb, Law

_CURRENT = {
    "premises": "premises",
    "inspection": "inspections",
    "hazard": "hazards",
    "post": "people",
    "certificate": "people",
    "organisation": "people",
    "channel_fault": "worklist",
    "job": "jobs",
}


def _declared(what: str) -> Action[Any]:
    declared = ACTIONS.get(what)
    if declared is None or declared.inner or declared.of.name not in _CURRENT:
        raise Http404
    return declared


def call_of(request: Request, who: Who) -> Call:
    """The key comes with the page, so that a form sent twice acts once; so does what was seen."""
    now = timezone.now()
    base = request.POST.get("version", "")
    return Call(
        who=who,
        way=Way.DESK,
        key=request.POST.get("key", "") or str(new_id()),
        at=now,
        received_at=now,
        base=int(base) if base.isdigit() else None,
    )


@door(PEOPLE)
@require_http_methods(["GET", "POST"])
def create(request: Request, what: str) -> HttpResponse:
    """The form of an action that makes a record."""
    declared = _declared(what)
    if not declared.creates:
        raise Http404
    return _form_page(request, declared, None)


@door(PEOPLE)
@require_http_methods(["GET", "POST"])
def act(request: Request, what: str, record_id: UUID) -> HttpResponse:
    """The form of an action on a record; hidden records do not exist here either."""
    declared = _declared(what)
    record = declared.of.visible(actor(request)).filter(pk=record_id).first()
    if record is None:
        raise Http404
    return _form_page(request, declared, record)


def _form_page(request: Request, declared: Action[Any], record: Record | None) -> HttpResponse:
    who = actor(request)
    try:
        if request.method == "GET" or "version" not in request.POST:
            declared.check(record, who)
    except Refusal as no:
        return _refused(request, declared, record, no)
    values: Mapping[str, Any] = _first(declared, record, request)
    errors: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        values = request.POST.dict()
        try:
            form, errors = read(declared.form, request.POST, _uploads(request, who))
            if form is not None:
                return _done(request, declared, record, form, who)
            status = 422
        except Refusal as no:
            said = answer(no)
            errors, status = {"": said.text}, said.status
    context = {
        "shell": shell(request, _CURRENT[declared.of.name]),
        "declared": declared,
        "law": Law(declared.source),
        "crumbs": _crumbs(declared, record),
        "back": url_of(declared.of.name, record.id) if record else f"/desk/{declared.of.plural}/",
        "fields": fields_of(
            declared.form, values, choices_of(declared.form, who, record, values), errors
        ),
        "general": [errors[""]] if errors.get("") else [],
        "version": record.version if record else "",
        "key": request.POST.get("key") if status == 422 else str(new_id()),
    }
    return page(request, "desk/form.html", context, status=status)


def _first(declared: Action[Any], record: Record | None, request: Request) -> dict[str, Any]:
    """What a form begins with: the address, under the record's own values."""
    own = declared.starts(record) if declared.starts else {}
    return {**request.GET.dict(), **own}


def _crumbs(declared: Action[Any], record: Record | None) -> list[Crumb]:
    start = Crumb(declared.of.title, f"/desk/{declared.of.plural}/")
    if record is None:
        return [start, Crumb(declared.title)]
    named = Crumb(declared.of.label(record), url_of(declared.of.name, record.id))
    return [start, named, Crumb(declared.title)]


def _done(
    request: Request, declared: Action[Any], record: Record | None, form: Form, who: Who
) -> HttpResponse:
    done = perform(declared, record.id if record else None, call_of(request, who), form)
    messages.success(request, _("已办理：{what}").format(what=declared.title))
    return redirect(url_of(declared.of.name, done.made))


def _refused(
    request: Request, declared: Action[Any], record: Record | None, no: Refusal
) -> HttpResponse:
    """Why may I not? In words, with the article."""
    said = answer(no)
    context = {
        "shell": shell(request, _CURRENT[declared.of.name]),
        "declared": declared,
        "text": said.text,
        "law": Law(declared.source),
        "back": url_of(declared.of.name, record.id) if record else "/desk/",
    }
    return page(request, "desk/refused.html", context, status=said.status)


def _uploads(request: HttpRequest, who: Who) -> dict[str, Sequence[UUID]]:
    """Files are received before the action and outside its transaction. Refuses what is no evidence."""
    now = timezone.now()
    return {
        name: [
            receive(upload.read(), upload.name or "", who, now).id
            for upload in request.FILES.getlist(name)
        ]
        for name in request.FILES
    }


@door(ENFORCERS)
@require_http_methods(["GET", "POST"])
def items(request: Request, record_id: UUID) -> HttpResponse:
    """The checklist of a visit: all items on one page, three answers each."""
    who = actor(request)
    record = queries.inspection_page(who, record_id)
    if record is None:
        raise Http404
    asked = queries.checklist(local_day(record.arrived_at or timezone.now()), record.region)
    said: dict[str, str] = dict(queries.answers_of(record))
    error = ""
    if request.method == "POST":
        said |= {
            item.code: request.POST[item.code] for item in asked if request.POST.get(item.code)
        }
        try:
            form = Answers(answers={code: Result(result) for code, result in said.items()})
            perform(record_answers, record.id, call_of(request, who), form)
        except Refusal as no:
            error = answer(no).text
        except ValueError:
            error = _("请至少填写一项，并从三个结果中选择。")
        else:
            messages.success(request, _("已保存检查项。"))
            return redirect("desk:inspection", record_id=record.id)
    last = queries.last_results(record)
    context = {
        "shell": shell(request, "inspections"),
        "record": record,
        "crumbs": [
            Crumb(_("监督检查"), "/desk/inspections/"),
            Crumb(record.number, url_of("inspection", record.id)),
            Crumb(_("填写检查项")),
        ],
        "general": [error] if error else [],
        "questions": [(item, said.get(item.code, ""), last.get(item.code)) for item in asked],
        "choices": [Choice(result.value, title) for result, title in RESULT_TITLES.items()],
        "titles": RESULT_TITLES,
        "key": str(new_id()),
        "version": record.version,
        "back": url_of("inspection", record.id),
    }
    return page(request, "desk/items.html", context, status=422 if error else 200)
