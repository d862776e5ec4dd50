"""Long work of mine: how far it is, stopping and resuming it, and fetching what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.exports.files import media_of
from fengsui.platform.jobs import queries, store
from fengsui.platform.jobs.actions import JOBS, Start, start
from fengsui.platform.jobs.lifecycle import ACTIVE, JOB, State
from fengsui.platform.jobs.models import Job
from fengsui.platform.words import answer
from fengsui.web.calls import desk_call
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import buttons, entries, state_tag, url_of
from fengsui.web.doors import PEOPLE, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import ActionLink, Crumb, Empty, Fact
from fengsui.web.ui.table import Cell, Column, Group, Pager, Row, Table


@door(PEOPLE)
@require_GET
def jobs(request: Request) -> HttpResponse:
    found = queries.jobs_after(actor(request), request.GET.get("after", ""))
    context = {"shell": shell(request, "jobs"), "title": _("后台作业"), "table": _table(found)}
    return page(request, "desk/list.html", context)


def _table(found: list[Job]) -> Table:
    columns = [
        Column(_("作业")),
        Column(_("开始时间"), width="m"),
        Column(_("进度"), width="m"),
        Column(_("状态"), width="s"),
        Column(_("操作"), width="s"),
    ]
    empty = Empty(_("没有后台作业"), _("在列表页点“导出”即可生成文件。"), icon="download")
    more = f"?after={found[-1].id}" if len(found) == queries.PAGE_SIZE else ""
    rows = [_row(job) for job in found]
    return Table(_("后台作业"), columns, [Group(rows)], Pager(len(found), next_url=more), empty)


def _row(job: Job) -> Row:
    ready = _is_ready(job)
    fetch = ActionLink(_("下载"), f"{url_of('job', job.id)}result", "download", "line")
    return Row(
        [
            Cell(job.title, url_of("job", job.id)),
            Cell(timezone.localtime(job.requested_at).strftime("%Y-%m-%d %H:%M")),
            Cell(f"{job.run.done} / {job.run.total}" if job.run.total else "", note=job.run.words),
            Cell(tags=[state_tag(JOB, job.state)]),
            Cell(action=fetch if ready else None),
        ]
    )


def _is_ready(job: Job) -> bool:
    return job.state == State.DONE and bool(job.result_name) and job.run.sweep_at is not None


@door(PEOPLE)
@require_GET
def job(request: Request, record_id: UUID) -> HttpResponse:
    """One job; while it runs its progress is asked for every two seconds."""
    who = actor(request)
    record = queries.job_page(who, record_id)
    if record is None:
        raise Http404
    main, others = buttons(record, JOBS, who)
    until = queries.expires_on(record)
    context = {
        "shell": shell(request, "jobs"),
        "job": record,
        "crumbs": [Crumb(_("后台作业"), "/desk/jobs/"), Crumb(record.title)],
        "states": [state_tag(JOB, record.state)],
        "main": main,
        "actions": others,
        "moving": record.state in ACTIVE,
        "ready": _is_ready(record),
        "until": until,
        "standing": {State.DONE: "done", State.FAILED: "failed"}.get(State(record.state), ""),
        "facts": _facts(record),
        "entries": entries(record),
    }
    response = page(request, "desk/job.html", context, parts=("progress",))
    if request.GET.get("was", record.state) != record.state:
        response["HX-Refresh"] = "true"  # state and buttons stand outside the part that is polled
    return response


def _facts(record: Job) -> list[Fact]:
    conditions = "；".join(
        value for name, value in record.arguments.items() if value and not name.startswith("_")
    )
    facts = [
        Fact(_("申请人"), record.by_name),
        Fact(_("开始时间"), timezone.localtime(record.requested_at).strftime("%Y-%m-%d %H:%M")),
        Fact(_("条件"), conditions),
        Fact(_("结果摘要"), record.result_sha256, code=True, wide=True),
        Fact(_("失败原因"), record.error, wide=True),
    ]
    return [fact for fact in facts if fact.text]


@door(PEOPLE)
@require_POST
def begin(request: Request) -> HttpResponse:
    """A button on a list starts an export with the list's own conditions."""
    said = request.POST.dict()
    own = {name: value for name, value in said.items() if name not in _FRAME}
    try:
        form = Start(kind=said.get("kind", "")[:40], arguments=own)
        done = perform(start, None, desk_call(request, actor(request)), form)
    except Refusal as no:
        messages.error(request, answer(no).text)
        return redirect("desk:jobs")
    return redirect("desk:job", record_id=done.made)


_FRAME = frozenset({"kind", "key", "csrfmiddlewaretoken", "version"})


@door(PEOPLE)
@require_GET
def result(request: Request, record_id: UUID) -> HttpResponse:
    """The file, for its owner, until it expires."""
    record = queries.job_page(actor(request), record_id)
    if record is None:
        raise Http404
    try:
        data = store.result(record)
    except Refusal as no:
        messages.error(request, answer(no).text)
        return redirect("desk:job", record_id=record.id)
    response = HttpResponse(data, content_type=media_of(record.result_name))
    response["Content-Disposition"] = content_disposition_header(True, store.result_name(record))
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
