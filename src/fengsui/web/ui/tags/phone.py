"""What only the phone and the public site need."""

from collections.abc import Sequence

from fengsui.web.ui.shell import Door
from fengsui.web.ui.tags.library import register


@register.inclusion_tag("ui/unsent.html")
def unsent(count: int, url: str = "") -> dict[str, object]:
    """How many entries wait on this phone; a module keeps it fresh through `data-unsent`."""
    return {"count": count, "url": url}


@register.inclusion_tag("ui/doors.html")
def doors(items: Sequence[Door]) -> dict[str, object]:
    """The large entrances of the public site."""
    return {"items": [door for door in items if door.url]}
