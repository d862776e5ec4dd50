"""The words of the law, by article and date, and an honest answer where the words are not held.

Full texts are copies of a public repository, not the gazette (`laws/laws.yaml` says which). Other
instruments are known by name and by paraphrase with an evidence tag (`laws/known.yaml`).
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from fengsui.kernel import citations
from fengsui.kernel.refusal import Refusal

DATA = Path(__file__).parent / "laws"
_HEADING = re.compile(r"(第([零一二三四五六七八九十百千]+)条)[\s\u3000]+(\S.*)")
_ITEM = re.compile(r"[（(][零一二三四五六七八九十百]+[)）]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One 款 and its 项, each as printed, with its bracketed number."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one version of a law."""

    law: str
    number: int
    heading: str
    chapter: str
    paragraphs: tuple[Paragraph, ...]
    version: date
    in_force: date
    provenance: str

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(item for paragraph in self.paragraphs for item in paragraph.items)

    @property
    def text(self) -> str:
        """The whole article without its heading, one line for each paragraph and item."""
        return "\n".join(line for part in self.paragraphs for line in (part.text, *part.items))

    def excerpt(self, paragraph: int | None, item: int | None) -> str:
        """The words of one paragraph or item. Refuses `unknown-article` if there is none."""
        if paragraph is None and item is None:
            return self.text
        parts = [part for part in self.paragraphs if part.items] if paragraph is None else None
        chosen = (parts or self.paragraphs)[(paragraph or 1) - 1 : paragraph or 1]
        words = [part.text if item is None else _nth(part.items, item) for part in chosen]
        if not words or not words[0]:
            raise _unknown_article(self.law, self.number, paragraph=paragraph, item=item)
        return words[0]


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that a text cites. `text_available`: we hold its own words."""

    law: str
    article: int | None
    paragraph: int | None
    item: int | None
    clause: str
    text_available: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a person sees on opening a citation. `full`: the article's own words, not paraphrase."""

    law: str
    heading: str
    text: str
    quoted: str
    tag: str
    note: str
    full: bool


@dataclass(frozen=True, slots=True)
class _Version:
    title: str
    passed: date
    in_force: date
    articles: Mapping[int, Article]
    tag: str


@dataclass(frozen=True, slots=True)
class _Known:
    title: str
    in_force: date
    tag: str
    note: str
    articles: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def article(law: str, number: int, on: date | None = None) -> Article:
    """The article as it stood on a date (default: the newest version held).

    Refuses `unknown-law`, `statute-version-missing`, `unknown-article`.
    """
    version = _version(_title(law), on)
    if number not in version.articles:
        raise _unknown_article(version.title, number, articles=len(version.articles))
    return version.articles[number]


def articles(law: str, on: date | None = None) -> tuple[Article, ...]:
    """All articles of a law in order. Refuses as `article` does."""
    return tuple(_version(_title(law), on).articles.values())


def parse_citation(text: str) -> list[Citation]:
    """Every place that `text` cites, in order. Refuses `unknown-citation`."""
    return [
        Citation(place.law, place.article, place.paragraph, place.item, place.clause, _holds(place))
        for place in citations.parse(text, _names())
    ]


def formal(text: str) -> str:
    """`text` as an official paper cites; words that cite nothing stay as they are."""
    with suppress(Refusal):
        return citations.formal(citations.parse(text, _names()))
    return text


def open_citation(citation: Citation, on: date | None = None) -> Reading:
    """The article's own words, or plainly what is known instead. Refuses `unknown-article`."""
    if citation.law in _held() and citation.article is not None:
        return _open_text(citation, citation.article, on)
    if citation.law in _held():
        version = _version(citation.law, None)
        note = f"{_provenance()}；{version.passed} 文本，{version.in_force} 起施行"
        return Reading(citation.law, "", "", "", version.tag, note, full=False)
    return _open_known(citation)


def _open_text(citation: Citation, number: int, on: date | None) -> Reading:
    newest = article(citation.law, number)
    note = f"{newest.provenance}；{newest.version} 文本，{newest.in_force} 起施行"
    found = newest
    if on is not None:
        covering = [version for version in _held()[citation.law] if version.in_force <= on]
        if covering:
            found = article(citation.law, number, on)
        else:
            note += f"。{on} 适用的文本未收录，以下为较新的文本，仅供参考"
    quoted = found.excerpt(citation.paragraph, citation.item)
    tag = _version(citation.law, None).tag
    return Reading(citation.law, found.heading, found.text, quoted, tag, note, full=True)


def _open_known(citation: Citation) -> Reading:
    known = _known()[citation.law]
    heading = f"第{citations.numeral(citation.article)}条" if citation.article else citation.clause
    entry = known.articles.get(citation.article or 0, {})
    tag = entry.get("tag", known.tag)
    said = entry.get("text", "本条内容未收录" if heading else known.note)
    text = f"全文未收录；已知内容（转述，证据等级 {tag}）：{said}"
    return Reading(known.title, heading, text, text, tag, known.note, full=False)


def _version(title: str, on: date | None) -> _Version:
    versions = _held().get(title)
    if not versions:
        raise Refusal("statute-text-missing", law=title, remedy="只收录了名称和已知内容")
    covering = [version for version in versions if on is None or version.in_force <= on]
    if not covering:
        have = tuple(version.in_force.isoformat() for version in versions)
        raise Refusal("statute-version-missing", law=title, on=on, have=have)
    return max(covering, key=lambda version: version.in_force)


def _title(law: str) -> str:
    name = citations.normalised(law)
    if name not in _names():
        raise Refusal("unknown-law", law=law, known=tuple(_held()))
    return _names()[name]


def _holds(place: citations.Place) -> bool:
    versions = _held().get(place.law, ())
    return any(place.article in version.articles for version in versions)


@cache
def _index() -> tuple[dict[str, Any], dict[str, Any]]:
    laws, known = (
        yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
        for name in ("laws.yaml", "known.yaml")
    )
    return laws, known


def _provenance() -> str:
    return str(_index()[0]["provenance"])


@cache
def _names() -> Mapping[str, str]:
    """Every name of every instrument, normalised → title."""
    laws, known = _index()
    return {
        citations.normalised(name): entry["title"]
        for entry in (*laws["laws"], *known["instruments"])
        for name in (entry["title"], *entry["short"])
    }


@cache
def _held() -> Mapping[str, tuple[_Version, ...]]:
    laws = _index()[0]
    held: dict[str, tuple[_Version, ...]] = {}
    for entry in laws["laws"]:
        lines = (DATA / entry["file"]).read_text(encoding="utf-8").splitlines()
        found = {each.number: each for each in _parsed(lines, entry)}
        version = _Version(entry["title"], entry["passed"], entry["in_force"], found, laws["tag"])
        held[entry["title"]] = (*held.get(entry["title"], ()), version)
    return held


@cache
def _known() -> Mapping[str, _Known]:
    return {
        entry["title"]: _Known(
            title=entry["title"],
            in_force=entry["in_force"],
            tag=entry["tag"],
            note=entry["note"],
            articles=entry.get("articles", {}),
        )
        for entry in _index()[1]["instruments"]
    }


def _parsed(lines: Iterable[str], entry: Mapping[str, Any]) -> list[Article]:
    """The articles of a text: a heading line opens one, following lines are its 款 and 项."""
    blocks: list[tuple[str, str, list[str]]] = []
    chapter = ""
    for line in (line.strip() for line in lines):
        heading = _HEADING.fullmatch(line)
        if line.startswith("## "):
            chapter = re.sub(r"\s+", " ", line.removeprefix("## "))
        elif heading:
            blocks.append((heading[1], chapter, [heading[3]]))
        elif line and blocks and not line.startswith("#"):
            blocks[-1][2].append(line)
    return [
        Article(
            law=entry["title"],
            number=citations.number(heading[1:-1]),
            heading=heading,
            chapter=chapter,
            paragraphs=_paragraphs(body),
            version=entry["passed"],
            in_force=entry["in_force"],
            provenance=_provenance(),
        )
        for heading, chapter, body in blocks
    ]


def _paragraphs(body: Iterable[str]) -> tuple[Paragraph, ...]:
    parts: list[Paragraph] = []
    for line in body:
        if parts and _ITEM.match(line):
            last = parts.pop()
            parts.append(Paragraph(last.text, (*last.items, line)))
        else:
            parts.append(Paragraph(line))
    return tuple(parts)


def _nth(items: tuple[str, ...], number: int) -> str:
    return items[number - 1] if 1 <= number <= len(items) else ""


def _unknown_article(law: str, number: int, **facts: object) -> Refusal:
    return Refusal("unknown-article", law=law, article=number, **facts)
