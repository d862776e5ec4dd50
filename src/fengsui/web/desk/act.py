"""Pages that act: one form for every action, drawn from its declaration, and one for the checklist."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import ACTIONS, Action, perform
from fengsui.platform.calls import Done, Form
from fengsui.platform.files.actions import receive
from fengsui.platform.ledger.queries import changes_since
from fengsui.platform.questions import choices_of
from fengsui.platform.records import Record, record_type_of
from fengsui.platform.reveal import opened, reveal_of
from fengsui.platform.rules import local_day
from fengsui.platform.who import ENFORCERS, Who
from fengsui.platform.words import answer
from fengsui.supervision import queries
from fengsui.supervision.actions.forms import Answers
from fengsui.supervision.actions.inspection import record_answers
from fengsui.supervision.lifecycle import RESULT_TITLES, Result
from fengsui.web.calls import desk_call
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import OWN_PAGES, law_named, measured_by, url_of
from fengsui.web.doors import PEOPLE, door
from fengsui.web.entry.middleware import Request
from fengsui.web.forms import fields_of, is_list, read, sections_of
from fengsui.web.pages import page
from fengsui.web.ui.fields import Choice
from fengsui.web.ui.shapes import Crumb

NO_ERRORS: Mapping[str, str] = {}


def _declared(what: str) -> Action[Any]:
    declared = ACTIONS.get(what)
    if declared is None or declared.inner:
        raise Http404
    return declared


@door(PEOPLE)
@require_http_methods(["GET", "POST"])
def create(request: Request, what: str) -> HttpResponse:
    """The form of an action that makes a record."""
    declared = _declared(what)
    if not declared.creates:
        raise Http404
    if declared.what in OWN_PAGES:
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse(OWN_PAGES[declared.what]) + asked)
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
    if request.method == "POST":
        return _submitted(request, declared, record, who)
    try:
        declared.check(record, who)
    except Refusal as no:
        return refused(request, declared, record, no)
    return _asked(request, declared, record, _first(declared, record, request))


def _submitted(
    request: Request, declared: Action[Any], record: Record | None, who: Who
) -> HttpResponse:
    """Done, or the form again with all that was typed and what is in the way."""
    typed = _typed(declared, request)
    try:
        form, errors = read(declared.form, request.POST, _uploads(request, who))
        if form is not None:
            return _done(request, declared, record, form, who)
    except Refusal as no:
        said = answer(no)
        if said.status == 403:
            return refused(request, declared, record, no)
        conflict = _changes(request, record)
        errors = {} if no.code == "changed-meanwhile" else {"": said.text}
        return _asked(request, declared, record, typed, errors, said.status, conflict)
    return _asked(request, declared, record, typed, errors, 422)


def _typed(declared: Action[Any], request: Request) -> dict[str, Any]:
    """What was answered, as it was; several answers to one question stay several."""
    lists = [name for name, asked in declared.form.model_fields.items() if is_list(asked)]
    return {**request.POST.dict(), **{name: request.POST.getlist(name) for name in lists}}


def _changes(request: Request, record: Record | None) -> str:
    """What others did to the record since the form was opened, in words; nothing if they did nothing."""
    base = request.POST.get("version", "")
    if record is None or not base.isdigit():
        return ""
    record.refresh_from_db()
    changes = changes_since(record.id, int(base))
    return answer(Refusal("changed-meanwhile", changes=changes)).text if changes else ""


def _asked(
    request: Request,
    declared: Action[Any],
    record: Record | None,
    values: Mapping[str, Any],
    errors: Mapping[str, str] = NO_ERRORS,
    status: int = 200,
    conflict: str = "",
) -> HttpResponse:
    """The form; after a conflict it stands on the record as it is now and may be sent again."""
    choices = choices_of(declared.form, actor(request), record, values)
    fields = fields_of(declared.form, values, choices, errors)
    context = {
        "shell": shell(request, declared.of.plural),
        "title": _(declared.title),
        "law": law_named(declared.source),
        "measures": measured_by(declared, local_day(timezone.now())),
        "crumbs": _crumbs(declared, record),
        "back": url_of(declared.of.name, record.id) if record else f"/desk/{declared.of.plural}/",
        "fields": fields,
        "sections": sections_of(fields),
        "general": [errors[""]] if errors.get("") else [],
        "conflict": conflict,
        "version": record.version if record else "",
        "key": request.POST.get("key") if status == 422 else str(new_id()),
    }
    return page(request, "desk/form.html", context, status=status)


def _first(declared: Action[Any], record: Record | None, request: Request) -> dict[str, Any]:
    """What a form begins with: the address, under the record's own values."""
    own = declared.starts(record) if declared.starts else {}
    return {**request.GET.dict(), **own}


def _crumbs(declared: Action[Any], record: Record | None) -> list[Crumb]:
    start = Crumb(_(declared.of.title), f"/desk/{declared.of.plural}/")
    if record is None:
        return [start, Crumb(_(declared.title))]
    named = Crumb(declared.of.label(record), url_of(declared.of.name, record.id))
    return [start, named, Crumb(_(declared.title))]


def _done(
    request: Request, declared: Action[Any], record: Record | None, form: Form, who: Who
) -> HttpResponse:
    done = perform(declared, record.id if record else None, desk_call(request, who), form)
    if record is not None and declared is reveal_of(declared.of):
        return _revealed(request, record, done)
    said = _("已办理：{what}").format(what=_(declared.title))
    messages.success(request, said, extra_tags=request.path)  # its draft is done with
    return redirect(url_of(declared.of.name, done.made))


def _revealed(request: Request, record: Record, done: Done) -> HttpResponse:
    """The value, once, on the answer to the very call that is in the ledger; kept nowhere."""
    of = record_type_of(type(record))
    context = {
        "shell": shell(request, of.plural),
        "label": of.label(record),
        "field": _(of.title_of(str(done.result["field"]))),
        "value": opened(record, done),
        "again": f"{request.path}?{urlencode({'field': done.result['field']})}",
        "back": url_of(of.name, record.id),
    }
    response = page(request, "desk/revealed.html", context)
    response["Cache-Control"] = "no-store"
    return response


def refused(
    request: Request, declared: Action[Any], record: Record | None, no: Refusal
) -> HttpResponse:
    """Why may I not? In words, with the article."""
    said = answer(no)
    context = {
        "shell": shell(request, declared.of.plural),
        "declared": declared,
        "text": said.text,
        "law": law_named(declared.source),
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
    """The checklist of a visit for its two officers: all items on one page, three answers each.

    Whoever else sees the visit reads the answers on the visit's own page.
    """
    who = actor(request)
    record = queries.inspection_page(who, record_id)
    if record is None:
        raise Http404
    try:
        record_answers.check(record, who)
    except Refusal as no:
        return refused(request, record_answers, record, no)
    asked = queries.checklist(local_day(record.arrived_at or timezone.now()), record.region)
    said: dict[str, str] = dict(queries.answers_of(record))
    error = ""
    if request.method == "POST":
        said |= {
            item.code: request.POST[item.code] for item in asked if request.POST.get(item.code)
        }
        try:
            form = Answers(answers={code: Result(result) for code, result in said.items()})
            perform(record_answers, record.id, desk_call(request, who), form)
        except Refusal as no:
            error = answer(no).text
        except ValueError:
            error = _("请至少填写一项，并从三个结果中选择。")
        else:
            messages.success(request, _("已保存检查项。"), extra_tags=request.path)
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
