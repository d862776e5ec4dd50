"""Import by page: a template, a file, and what became of each row."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fengsui.kernel.refusal import Refusal
from fengsui.platform.imports.importer import IMPORTERS, Importer
from fengsui.platform.imports.run import Report, run
from fengsui.platform.imports.sheet import limits, read_sheet
from fengsui.platform.imports.template import template
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who
from fengsui.platform.words import answer
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.doors import door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.people import lists
from fengsui.web.people.doors import APPOINTERS
from fengsui.web.ui.fields import Field
from fengsui.web.ui.shapes import Crumb

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _importer(kind: str, who: Who) -> Importer:
    """A kind of table whose first step this post may take."""
    found = IMPORTERS.get(kind)
    if found is None or who.kind not in found.steps[0].action.posts:
        raise Http404
    return found


@door(APPOINTERS)
@require_http_methods(["GET", "POST"])
def import_table(request: Request, kind: str) -> HttpResponse:
    who = actor(request)
    importer, report, error, status = _importer(kind, who), None, "", 200
    if request.method == "POST":
        try:
            report = _run(request, importer, who)
            error = "" if report else _("请选择文件。")
        except Refusal as no:
            error = answer(no).text
        status = 422 if error or (report and report.faults) else 200
    context = {
        "shell": shell(request, "people"),
        "crumbs": [Crumb(_("人员与岗位"), "/desk/people/"), Crumb(_("导入"))],
        "importer": importer,
        "columns": importer.columns(who),
        "report": report,
        "faults": lists.faults(report.faults[:500]) if report and report.faults else None,
        "file": Field(
            "file", _("表格文件"), kind="file", required=True, error=error,
            accept=".xlsx,.xls,.ods,.csv", help=_("xlsx、xls、ods 或 csv；第一行是列名。"),
        ),
        "dry": Field("dry", _("只试，不写入"), kind="check"),
        "all": Field("all", _("有一行不对就一行也不导入"), kind="check"),
    }  # fmt: skip
    return page(request, "people/import.html", context, status=status)


def _run(request: Request, importer: Importer, who: Who) -> Report | None:
    upload, now = request.FILES.get("file"), timezone.now()
    if upload is None:
        return None
    most = limits(local_day(now))
    if (upload.size or 0) > most.size:
        raise Refusal("sheet-too-large", size=upload.size, limit=most.size)
    sheet = read_sheet(upload.read(), upload.name or "", most)
    options = {"dry_run": "dry" in request.POST, "all_or_nothing": "all" in request.POST}
    return run(importer, sheet, who, now, **options)


@door(APPOINTERS)
@require_GET
def download_template(request: Request, kind: str) -> HttpResponse:
    who = actor(request)
    response = HttpResponse(template(_importer(kind, who), who), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
    return response
