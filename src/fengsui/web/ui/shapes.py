"""What the components take: plain values, so that any page can fill them without a model."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

Tone = Literal["plain", "active", "done", "warn", "bad"]
Look = Literal["plain", "main", "line", "quiet", "danger"]
Standing = Literal["done", "now", "next", "branch"]


class Due(Protocol):
    """A deadline as a person reads it: `words` first, then the moment, then why."""

    @property
    def late(self) -> bool: ...
    @property
    def today(self) -> bool: ...
    @property
    def words(self) -> str: ...
    @property
    def moment(self) -> datetime | date | None: ...
    @property
    def provisional(self) -> bool: ...


@dataclass(frozen=True)
class DueWords:
    """Ready-made `Due` for pages that have the parts at hand."""

    words: str
    moment: datetime | date | None = None
    late: bool = False
    today: bool = False
    provisional: bool = False
    article: str = ""
    """Full citation, such as 《消防监督检查规定》第二十条."""
    counted: str = ""
    """How the days were counted: from when, which days, until when."""


@dataclass(frozen=True)
class Law:
    """A citation that can be followed. `citation` is short, `title` and `text` stand in the tooltip."""

    citation: str
    url: str = ""
    title: str = ""
    text: str = ""
    counted: str = ""
    evidence: str = ""
    """Evidence tag of the rule behind it: VL, VP, K or D."""


@dataclass(frozen=True)
class TagWord:
    """A state or kind as one word, with a tone that also gives it a shape."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class ActionLink:
    """Something the person may do here. POST actions name the form they submit through `form`."""

    title: str
    url: str = ""
    icon: str = ""
    look: Look = "plain"
    form: str = ""


@dataclass(frozen=True)
class Crumb:
    """One step of the way back; the last one has no address."""

    title: str
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """A label and what stands beside it. `wide` takes the whole row."""

    label: str
    text: str = ""
    url: str = ""
    tags: Sequence[TagWord] = ()
    note: str = ""
    note_url: str = ""
    wide: bool = False
    reveal_url: str = ""
    """The value is masked; this address shows it and is written to the ledger."""
    law: Law | None = None
    code: bool = False


@dataclass(frozen=True)
class Party:
    """One cell of the strip that says who answers and what is due."""

    label: str
    text: str = ""
    url: str = ""
    due: Due | None = None
    note: str = ""
    note_text: str = ""
    note_url: str = ""


@dataclass(frozen=True)
class Step:
    """One stop of the state path. `branch` marks the way nobody hopes for."""

    title: str
    note: str = ""
    standing: Standing = "next"


@dataclass(frozen=True)
class Paper:
    """A document as a thumbnail: the first words of its head, its name, what became of it."""

    title: str
    url: str
    head: Sequence[str] = ()
    note: str = ""
    sealed: bool = False
    preview_url: str = ""


@dataclass(frozen=True)
class Picture:
    """A photograph with the words that stand for it."""

    alt: str
    thumbnail_url: str
    url: str = ""
    caption: str = ""
    taken: str = ""
    status: str = ""


@dataclass(frozen=True)
class Entry:
    """One ledger entry on the timeline."""

    text: str
    at: str
    by: str = ""
    number: int | None = None
    digest: str = ""
    proof_url: str = ""
    sealed: bool = True
    note: str = ""


@dataclass(frozen=True)
class Kind:
    """One tile of the counts by kind; the count is capped at 99+ where it is shown."""

    title: str
    count: int
    url: str
    late: int = 0
    current: bool = False


@dataclass(frozen=True)
class Tab:
    """One tab: a link, so that it works everywhere and has an address."""

    title: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class SavedView:
    """A named set of filters."""

    title: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Empty:
    """Nothing here: say so, and what to do next."""

    title: str
    hint: str = ""
    actions: Sequence[ActionLink] = field(default_factory=tuple)
    icon: str = "checklist"
