"""Who am I here?"""

from django.http import HttpRequest, HttpResponse

from fengsui.api.callers import caller
from fengsui.api.shown import said


def me(request: HttpRequest) -> HttpResponse:
    """The caller and the post he acts in."""
    who = caller(request)
    return said(
        {
            "user": who.user_id,
            "name": who.name,
            "post": who.post_id,
            "title": who.title,
            "organisation": who.organisation,
            "region": who.region,
            "acting_for": who.acting_for,
        }
    )
