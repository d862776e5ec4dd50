"""Questions and their answers."""

from collections.abc import Sequence
from typing import Any

from fengsui.web.ui.fields import Field
from fengsui.web.ui.shapes import Look
from fengsui.web.ui.tags.library import register

TEXT_KINDS = frozenset(
    ["text", "number", "date", "datetime-local", "time", "tel", "email", "password", "search"]
)


def _control(field: Field) -> str:
    kind: str = "input" if field.kind in TEXT_KINDS else field.kind
    kind = {"checkbox": "choices", "radio": "choices", "photo": "file"}.get(kind, kind)
    return f"ui/control_{kind.replace('-', '_')}.html"


@register.inclusion_tag("ui/field.html")
def field(item: Field | None = None, **parameters: Any) -> dict[str, object]:
    """One question from a `Field`, or from the `Field`'s parameters written out in the template."""
    asked = item or Field(**parameters)
    return {"field": asked, "control": _control(asked)}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(fields: Sequence[Field] = (), general: Sequence[str] = ()) -> dict[str, object]:
    """What must be put right, each line leading to its question; nothing when all is well."""
    wrong = [item for item in fields if item.error]
    return {"fields": wrong, "general": general, "count": len(wrong) + len(general)}


@register.inclusion_tag("ui/form_buttons.html")
def form_buttons(
    submit: str, *, cancel_url: str = "", look: Look = "main", icon: str = ""
) -> dict[str, object]:
    """The foot of a form: submit, and the way back."""
    return {"submit": submit, "cancel_url": cancel_url, "look": look, "icon": icon}
