"""Names and addresses made comparable: what two people write of one place becomes one text."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# What a sign leaves away and a licence spells out.
_LEGAL_FORMS = re.compile(r"(股份有限公司|有限责任公司|有限公司|公司)")
_NOT_WORDS = re.compile(r"[\W_]+")
_HOUSE_NUMBER = re.compile(r"(?<=\d)(号|號)")


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


_place = lru_cache(maxsize=10_000)(_plain)  # the same few for every name in a county


def _without(text: str, places: Iterable[str]) -> str:
    """Without the divisions it lies in, written in front, from the largest down."""
    for place in map(_place, places):
        text = text.removeprefix(place) or text
    return text


def name_key(name: str, places: Iterable[str]) -> str:
    """通辽市云岭酒店（有限公司）, 云岭 酒店 → one key. `places`: the divisions, largest first."""
    bare = _without(_plain(name), places)
    return _LEGAL_FORMS.sub("", bare) or bare


def address_key(address: str, places: Iterable[str]) -> str:
    """科尔沁区建国路118号, 建国路 １１８ → one key."""
    return _HOUSE_NUMBER.sub("", _without(_plain(address), places))


def one_names_the_other(first: str, second: str) -> bool:
    """Whether one key holds the other whole, as a sign holds part of a registered name."""
    return bool(first and second) and (first in second or second in first)
