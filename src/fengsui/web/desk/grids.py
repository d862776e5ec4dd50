"""Pages made for grids: the split with the allotment of its households, and a household by its phone."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.who import REGISTRARS
from fengsui.platform.words import answer, field_words
from fengsui.registry.grids.actions import GRIDS, split_grid
from fengsui.registry.grids.actions.changes import Split
from fengsui.registry.grids.models import Grid, Household
from fengsui.registry.grids.queries import active_in, households_by_phone
from fengsui.web.calls import desk_call
from fengsui.web.desk import act
from fengsui.web.desk.actor import actor
from fengsui.web.desk.panels import household_columns, household_row
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import law_named, url_of
from fengsui.web.doors import CARERS, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.fields import Choice, Field
from fengsui.web.ui.shapes import Crumb, Empty
from fengsui.web.ui.table import Group, Table

_PLACES = ("1", "2", "3", "4")


@door(REGISTRARS)
@require_http_methods(["GET", "POST"])
def split(request: Request, record_id: UUID) -> HttpResponse:
    """Up to four new grids, and for every household which of them it goes to."""
    who = actor(request)
    grid = GRIDS.read(who).filter(pk=record_id).first()
    if grid is None:
        raise Http404
    error = ""
    try:
        split_grid.check(grid, who)
        if request.method == "POST":
            perform(split_grid, grid.id, desk_call(request, who), _said(request.POST))
            messages.success(request, _("已办理：拆分网格"), extra_tags=request.path)
            return redirect(url_of("grid", grid.id))
    except Refusal as no:
        if answer(no).status == 403 or no.code == "illegal-move":
            return act.refused(request, split_grid, grid, no)
        error = answer(no).text
    except ValidationError as wrong:
        error = _wrong(wrong)
    return _asked(request, grid, error)


def _said(posted: QueryDict) -> Split:
    """The form as it was filled in: places without a number are left out."""
    numbers = {place: posted.get(f"number-{place}", "").strip() for place in _PLACES}
    names = {place: posted.get(f"name-{place}", "").strip() for place in _PLACES}
    return Split.model_validate(
        {
            "parts": {numbers[place]: names[place] for place in _PLACES if numbers[place]},
            "households": {
                name.removeprefix("household-"): numbers.get(str(place), "")
                for name, place in posted.items()
                if name.startswith("household-")
            },
            "reason": posted.get("reason", ""),
        }
    )


def _wrong(wrong: ValidationError) -> str:
    """The first thing that is wrong, with the question it is about."""
    error = wrong.errors()[0]
    asked = Split.model_fields.get(str(error["loc"][0])) if error["loc"] else None
    title = _(str(asked.title)) if asked else ""
    return _("“{title}”：{what}").format(title=title, what=field_words(error))


def _asked(request: Request, grid: Grid, error: str) -> HttpResponse:
    living, said = active_in(grid), request.POST
    context = {
        "shell": shell(request, "grids"),
        "grid": grid,
        "law": law_named(split_grid.source),
        "crumbs": [
            Crumb(_(GRIDS.title), reverse("desk:list", args=[GRIDS.plural])),
            Crumb(str(grid), url_of("grid", grid.id)),
            Crumb(_("拆分网格")),
        ],
        "general": [error] if error else [],
        "parts": [_part(place, said) for place in _PLACES],
        "households": [_allotted(household, said) for household in living],
        "choices": [Choice(place, place) for place in _PLACES],
        "reason": Field(
            "reason", _("原因"), value=said.get("reason", ""), required=True, kind="textarea"
        ),
        "key": str(new_id()),
        "version": grid.version,
        "back": url_of("grid", grid.id),
    }
    return page(request, "desk/split.html", context, status=422 if error else 200)


def _part(place: str, said: Mapping[str, str]) -> tuple[str, Field, Field]:
    number, name = f"number-{place}", f"name-{place}"
    needed = place in _PLACES[:2]
    return (
        place,
        Field(number, _("网格编号"), value=said.get(number, ""), required=needed, width="m"),
        Field(name, _("网格名称"), value=said.get(name, ""), required=needed),
    )


def _allotted(household: Household, said: Mapping[str, str]) -> tuple[Household, str, str]:
    name = f"household-{household.id}"
    return household, name, said.get(name, "")


@door(CARERS)
@require_http_methods(["GET", "POST"])
def by_phone(request: Request) -> HttpResponse:
    """Households with exactly this phone. It is sent in the body: addresses are logged and remembered."""
    who, phone = actor(request), request.POST.get("phone", "").strip()[:20]
    found = households_by_phone(who, phone)
    context = {
        "shell": shell(request, "households"),
        "crumbs": [
            Crumb(_("风险户"), reverse("desk:list", args=["households"])),
            Crumb(_("按电话查找")),
        ],
        "field": Field(
            "phone", _("电话"), kind="tel", required=True, personal=True, width="m", autofocus=True
        ),
        "asked": request.method == "POST",
        "table": _found(found),
    }
    response = page(request, "desk/phone.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _found(found: Sequence[Household]) -> Table:
    rows = [household_row(row, where=True) for row in found]
    empty = Empty(
        _("没有找到这个电话"), _("请核对号码；电话按完整号码查找，不能只填一部分。"), icon="phone"
    )
    return Table(_("查找结果"), household_columns(), [Group(rows)], empty=empty)
