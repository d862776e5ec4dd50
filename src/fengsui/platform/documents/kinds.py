"""Which documents there are. A domain package declares each beside its typeset form."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from fengsui.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One statutory form: `template` is its typst file, `form` the data it needs.

    `about` names the type of record that it is about. `source` cites the power to issue it, and
    stands on it; `archive` is the class it is filed under.
    """

    name: str
    title: str
    template: Path
    form: type[BaseModel]
    source: str
    archive: str
    about: str

    def __str__(self) -> str:
        return self.title


DOCUMENT_KINDS: dict[str, DocumentKind] = {}


def document_kind(declared: DocumentKind) -> DocumentKind:
    if declared.name in DOCUMENT_KINDS:
        raise ValueError(f"document kind {declared.name} is declared twice")
    DOCUMENT_KINDS[declared.name] = declared
    return declared


def kind_named(name: str) -> DocumentKind:
    """Refuses `unknown-document`."""
    if name not in DOCUMENT_KINDS:
        raise Refusal("unknown-document", kind=name)
    return DOCUMENT_KINDS[name]
