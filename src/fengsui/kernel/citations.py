"""The grammar of citations: `消防法 §60(1)(一)`, `消防法17(2)(3); 61号令25`, `《消防法》第二十八条`.

Arabic brackets are paragraph (款), then item (项); Chinese brackets are items. A part without a
name belongs to the instrument named before it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fengsui.kernel.refusal import Refusal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"[0-9]+|[零一二三四五六七八九十百千]+"
_SEPARATOR = re.compile(r"[;；、,，+](?![^《]*》)")
_ARTICLE = re.compile(
    rf"(?:§+|第)?(?P<first>{_NUMBER})条?"
    rf"(?:[-–—~至](?:§|第)?(?P<last>{_NUMBER})条?)?"
    r"(?P<rest>.*)"
)
_PLACE = re.compile(
    rf"第(?P<paragraph>{_NUMBER})款"
    rf"|第[（(]?(?P<item>{_NUMBER})[)）]?项"
    rf"|[（(](?P<bracket>{_NUMBER})[)）]"
)
_CLAUSE = re.compile(r"§?第?(?P<clause>[0-9A-Z]+(?:\.[0-9]+)+)条?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a citation points: `law` is the full title; all else may be absent.

    `clause` is the dotted number of a standard (`7.3.1`).
    """

    law: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    clause: str = ""


def number(text: str) -> int:
    """The value of an Arabic or Chinese numeral up to thousands: `一百零三` is 103."""
    if text.isascii():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total += (digit or 1) * _UNITS[char]
            digit = 0
    return total + digit


def numeral(value: int) -> str:
    """The Chinese numeral of 1–9999, as statutes write it: 103 is `一百零三`, 12 is `十二`."""
    text, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // size % 10
        if digit:
            text += ("零" if gap else "") + "零一二三四五六七八九"[digit] + unit
        gap = bool(text) and not digit
    return text.removeprefix("一") if 10 <= value < 20 else text


def normalised(name: str) -> str:
    """A name without brackets, blanks and the state's name, for comparing."""
    return re.sub(r"[《》\s]", "", name).removeprefix("中华人民共和国")


def parse(text: str, names: Mapping[str, str]) -> list[Place]:
    """All places that `text` cites; `names`: normalised name → title. Refuses `unknown-citation`."""
    places: list[Place] = []
    law = ""
    for part in _SEPARATOR.split(text):
        short = normalised(part)
        name = _longest_name(short, names)
        law = names[name] if name else law
        if not law:
            raise _unknown(text, part, "写明法律、法规、规章或标准的名称或简称")
        places.extend(_places(law, short.removeprefix(name), text))
    return places


def formal(places: Iterable[Place]) -> str:
    """As an official paper cites: `《中华人民共和国消防法》第十六条第一款第四项、第二十八条`."""
    text, law = "", ""
    for place in places:
        named = "" if place.law == law else f"《{place.law}》"
        text += ("、" if text else "") + named + _in_words(place)
        law = place.law
    return text


def _in_words(place: Place) -> str:
    if place.clause:
        return f"第{place.clause}条"
    parts = ((place.article, "条"), (place.paragraph, "款"), (place.item, "项"))
    return "".join(f"第{numeral(value)}{unit}" for value, unit in parts if value is not None)


def _longest_name(short: str, names: Mapping[str, str]) -> str:
    return max((name for name in names if short.startswith(name)), key=len, default="")


def _places(law: str, rest: str, text: str) -> Iterator[Place]:
    clause = _CLAUSE.fullmatch(rest)
    found = _ARTICLE.fullmatch(rest)
    if not rest:
        yield Place(law)
    elif clause:
        yield Place(law, clause=clause["clause"])
    elif found:
        paragraph, item = _within(found["rest"], text)
        first = number(found["first"])
        last = number(found["last"]) if found["last"] else first
        if last < first:
            raise _unknown(text, rest, "条号范围应由小到大")
        for article in range(first, last + 1):
            yield Place(law, article, paragraph, item)
    else:
        raise _unknown(text, rest, "写成 §60(1)(一) 或 第六十条第一款第一项")


def _within(rest: str, text: str) -> tuple[int | None, int | None]:
    """Paragraph and item from what follows the article number."""
    paragraph: int | None = None
    item: int | None = None
    position = 0
    while position < len(rest):
        found = _PLACE.match(rest, position)
        if not found:
            raise _unknown(text, rest, "写成 §60(1)(一) 或 第六十条第一款第一项")
        bracket = found["bracket"]
        is_paragraph = found["paragraph"] or (bracket and bracket.isascii() and paragraph is None)
        value = number(found["paragraph"] or found["item"] or bracket)
        paragraph, item = (value, item) if is_paragraph else (paragraph, value)
        position = found.end()
    return paragraph, item


def _unknown(text: str, part: str, remedy: str) -> Refusal:
    return Refusal("unknown-citation", text=text, part=part.strip(), remedy=remedy)
