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


@register.inclusion_tag("ui/draft_note.html")
def draft_note() -> dict[str, object]:
    """Says that an unsent draft came back, with the way to drop it; hidden until it happens."""
    return {}


@register.inclusion_tag("ui/confirm.html", takes_context=True)
def confirm(
    context: dict[str, Any],
    question: str,
    *,
    submit: str,
    cancel_url: str,
    consequence: str = "",
    danger: bool = False,
    key: str = "",
    version: str = "",
) -> dict[str, object]:
    """A page or dialog that asks once more before something that cannot be taken back."""
    return {
        "csrf_token": context.get("csrf_token", ""),
        "question": question,
        "submit": submit,
        "cancel_url": cancel_url,
        "consequence": consequence,
        "look": "danger" if danger else "main",
        "key": key,
        "version": version,
    }


@register.inclusion_tag("ui/signature.html")
def signature(
    name: str, label: str, *, error: str = "", required: bool = False
) -> dict[str, object]:
    """A place to sign by finger or pen; without JavaScript a photograph of the signature."""
    return {"name": name, "label": label, "error": error, "required": required}
