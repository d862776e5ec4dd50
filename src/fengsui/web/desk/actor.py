"""Who stands in front of a page of the desk."""

from django.http import Http404

from fengsui.platform.who import Who
from fengsui.web.entry.middleware import Request


def actor(request: Request) -> Who:
    """Who asks; pages of the desk have one."""
    if request.who is None:
        raise Http404
    return request.who
