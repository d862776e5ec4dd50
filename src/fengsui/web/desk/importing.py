"""Long tables by page: a template, a file, a choice; the rest is a job with its own page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.imports.jobs import job_name, keep_upload
from fengsui.platform.imports.kinds import KINDS
from fengsui.platform.imports.sheet import limits
from fengsui.platform.imports.template import template
from fengsui.platform.jobs.actions import Start, start
from fengsui.platform.rules import local_day
from fengsui.platform.who import REGISTRARS
from fengsui.platform.words import answer
from fengsui.web.calls import desk_call
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.doors import door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.fields import Field
from fengsui.web.ui.shapes import Crumb

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(REGISTRARS)
@require_http_methods(["GET", "POST"])
def import_table(request: Request, kind: str) -> HttpResponse:
    """Choose a file; then the page of the job that imports it."""
    table, error = KINDS[kind], ""
    if request.method == "POST":
        try:
            return redirect("desk:job", record_id=_begin(request, kind))
        except Refusal as no:
            error = answer(no).text
    context = {
        "shell": shell(request, kind),
        "crumbs": [Crumb(table.title, f"/desk/{kind}/"), Crumb(_("导入"))],
        "table": table,
        "columns": table.columns(actor(request)),
        "file": Field(
            "file", _("表格文件"), kind="file", required=True, error=error,
            accept=".xlsx,.xls,.ods,.csv", help=_("xlsx、xls、ods 或 csv；第一行是列名。"),
        ),
        "dry": Field("dry", _("只试，不写入"), kind="check"),
        "all": Field("all", _("有一行不对就一行也不导入"), kind="check"),
        "key": str(new_id()),
        "kind": kind,
        "cancel": f"/desk/{kind}/",
    }  # fmt: skip
    return page(request, "desk/import.html", context, status=422 if error else 200)


def _begin(request: Request, kind: str) -> UUID:
    """The id of the job. Refuses `file-not-chosen`, `sheet-too-large`, and what `start` refuses."""
    upload = request.FILES.get("file")
    if upload is None:
        raise Refusal("file-not-chosen")
    most = limits(local_day(timezone.now()))
    if (upload.size or 0) > most.size:
        raise Refusal("sheet-too-large", size=upload.size, limit=most.size)
    mode = "try" if "dry" in request.POST else "all" if "all" in request.POST else ""
    said = {
        "name": (upload.name or "")[-80:],
        "mode": mode,
        "_upload": keep_upload(upload.chunks()),
    }
    form = Start(kind=job_name(kind), arguments=said)
    made: UUID = perform(start, None, desk_call(request, actor(request)), form).made
    return made


@door(REGISTRARS)
@require_GET
def download_template(request: Request, kind: str) -> HttpResponse:
    response = HttpResponse(template(KINDS[kind], actor(request)), content_type=_EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
    return response
