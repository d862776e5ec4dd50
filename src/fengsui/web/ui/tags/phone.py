"""What only the phone and the public site need."""

from collections.abc import Sequence

from fengsui.web.ui.fields import Choice
from fengsui.web.ui.shapes import Picture
from fengsui.web.ui.shell import Door
from fengsui.web.ui.tags.library import register


@register.inclusion_tag("ui/unsent.html")
def unsent(count: int, url: str = "") -> dict[str, object]:
    """How many entries wait on this phone; a module keeps it fresh through `data-unsent`."""
    return {"count": count, "url": url}


@register.inclusion_tag("ui/stepper.html")
def stepper(
    *, previous_url: str = "", next_text: str = "", previous_text: str = "", next_url: str = ""
) -> dict[str, object]:
    """Back and on, at the thumb. Without `next_url` the main button submits the form `step`."""
    return {**locals()}


@register.inclusion_tag("ui/answers.html")
def answers(name: str, label: str, choices: Sequence[Choice], value: str = "") -> dict[str, object]:
    """Two or three large answers to one question; a choice's `note` names its icon."""
    return {"name": name, "label": label, "choices": choices, "value": value}


@register.inclusion_tag("ui/shots.html")
def shots(
    name: str, pictures: Sequence[Picture] = (), *, label: str, hint: str = "", error: str = ""
) -> dict[str, object]:
    """Photographs taken so far and the tile that takes the next."""
    return {**locals()}


@register.inclusion_tag("ui/scan.html")
def scan(url: str, label: str, *, name: str = "code") -> dict[str, object]:
    """Find something by its QR code: camera where the browser can, else the number typed in."""
    return {"url": url, "label": label, "name": name}


@register.inclusion_tag("ui/doors.html")
def doors(items: Sequence[Door]) -> dict[str, object]:
    """The large entrances of the public site."""
    return {"items": [door for door in items if door.url]}
