from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from fengsui.web.doors import PUBLIC, door

_YEAR = 365 * 24 * 3600


@door(PUBLIC)
@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Large or ordinary text, kept in a cookie."""
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(wanted if safe else "/")
    size = "large" if request.POST.get("text") == "large" else "normal"
    response.set_cookie("text", size, max_age=_YEAR, samesite="Lax")
    return response


@door(PUBLIC)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Chinese or English for what follows; Django keeps the choice in a cookie."""
    return set_language(request)
