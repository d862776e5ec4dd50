"""One shape for every question a form asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fengsui.platform.questions import Choice

__all__ = ["Choice", "Field", "FieldKind"]

FieldKind = Literal[
    "text", "textarea", "number", "date", "datetime-local", "time", "tel", "email", "password",
    "search", "select", "radio", "checkbox", "check", "file", "photo", "hidden",
]  # fmt: skip


@dataclass(frozen=True)
class Field:
    """A question with its help, its error and the answer given so far.

    `kind`: `radio` and `checkbox` show chips, `check` is one box with the label beside it, `photo` opens
    the camera. `personal` keeps the answer out of the drafts that the browser stores.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    value: str | Sequence[str] = ""
    help: str = ""
    error: str = ""
    required: bool = False
    choices: Sequence[Choice] = ()
    prefix: str = ""
    suffix: str = ""
    placeholder: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    personal: bool = False
    disabled: bool = False
    readonly: bool = False
    minimum: str = ""
    maximum: str = ""
    step: str = ""
    max_length: int | None = None
    rows: int = 3
    width: Literal["", "s", "m", "l"] = ""
    prompt: str = ""
    """First line of a select that has no answer yet."""
    multiple: bool = False
    accept: str = ""
    autofocus: bool = False
    section: str = ""
    """The heading of the part of the form that begins here."""

    @property
    def id(self) -> str:
        return f"field-{self.name}"

    @property
    def described_by(self) -> str:
        """Ids of help and error, for assistive technology."""
        parts = [(self.help, "help"), (self.error, "error")]
        return " ".join(f"{self.id}-{suffix}" for text, suffix in parts if text)

    @property
    def answers(self) -> tuple[str, ...]:
        """The chosen values, whether one or several."""
        return (self.value,) if isinstance(self.value, str) else tuple(self.value)

    @property
    def asks(self) -> bool:
        """Does an answer raise other questions?"""
        return any(choice.asks for choice in self.choices)

    @property
    def is_short(self) -> bool:
        """Fits beside others in a line."""
        return self.width in ("s", "m") or (self.kind == "radio" and len(self.choices) == 2)

    @property
    def span(self) -> str:
        """How much of a line it takes in a form of several parts."""
        if self.is_short:
            return "is-short"
        return "is-half" if self.kind in ("text", "select", "tel", "email") else ""

    @property
    def is_group(self) -> bool:
        """Several controls under one legend."""
        return self.kind in {"radio", "checkbox"}

    @property
    def focus_id(self) -> str:
        """Where the error summary leads: the control, or the first of a group."""
        return f"{self.id}-1" if self.is_group else self.id
