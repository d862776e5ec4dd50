"""The call that a form of the desk makes."""

from django.http import HttpRequest
from django.utils import timezone

from fengsui.kernel.ids import new_id
from fengsui.platform.calls import Call, Way
from fengsui.platform.who import Who


def desk_call(request: HttpRequest, who: Who) -> Call:
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
