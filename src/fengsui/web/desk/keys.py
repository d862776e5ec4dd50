"""A key to the interface for one's own post: its secret is on the page that made it and nowhere else."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.apikeys.actions import API_KEYS, NewKey, Purpose, issue_key
from fengsui.platform.apikeys.queries import digest_of, new_secret
from fengsui.platform.calls import Form
from fengsui.platform.who import Who
from fengsui.platform.words import answer
from fengsui.web.calls import desk_call
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import law_named
from fengsui.web.doors import PEOPLE, door
from fengsui.web.entry.middleware import Request
from fengsui.web.forms import fields_of, read
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Crumb


@door(PEOPLE)
@never_cache
@require_http_methods(["GET", "POST"])
def issue(request: Request) -> HttpResponse:
    """Ask what the key is for; then show its secret once."""
    who, errors = actor(request), dict[str, str]()
    if request.method == "POST":
        form, errors = read(Purpose, request.POST, {})
        if form is not None:
            return _issued(request, who, form)
    return _asked(request, errors, 422 if errors else 200)


def _issued(request: Request, who: Who, form: Form) -> HttpResponse:
    secret = new_secret()
    try:
        own = {"post": who.post_id, "digest": digest_of(secret)}
        wanted = NewKey.model_validate({**form.model_dump(), **own})
        done = perform(issue_key, None, desk_call(request, who), wanted)
    except Refusal as no:
        said = answer(no)
        return _asked(request, {"": said.text}, said.status)
    made = API_KEYS.visible(who).get(pk=done.made)
    context = {**_frame(request), "made": made, "secret": secret}
    return page(request, "desk/key.html", context)


def _asked(request: Request, errors: dict[str, str], status: int) -> HttpResponse:
    context = {
        **_frame(request),
        "law": law_named(issue_key.source),
        "back": f"/desk/{API_KEYS.plural}/",
        "fields": fields_of(Purpose, request.POST.dict(), {}, errors),
        "general": [errors[""]] if errors.get("") else [],
        "key": str(new_id()),
    }
    return page(request, "desk/form.html", context, status=status)


def _frame(request: Request) -> dict[str, object]:
    title = _(issue_key.title)
    crumbs = [Crumb(_(API_KEYS.title), f"/desk/{API_KEYS.plural}/"), Crumb(title)]
    return {"shell": shell(request, API_KEYS.plural), "title": title, "crumbs": crumbs}
