"""A record's words cut into tokens: the same on every database, whose own word-cutting is not used.

    医, 医院        characters and pairs of them
    ~l ~li ~liao    a syllable and its beginnings (so initials too)     ~~tl  neighbouring initials
    k kf kfc 0001   runs of letters and digits and their beginnings
    =通辽市医院      a whole name; =tlsyy its initials      ^通辽  how a name begins
    $3f…            a phone's keyed hash
    #premises       the kind of record
    #premises@150502 #premises@u…   the kind in a region, of a unit: whose search may meet it

Tokens hold no blank, no quote and no backslash; what people type never yields a marked one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product
from uuid import UUID

from fengsui.platform.search.declared import Found
from fengsui.platform.search.syllables import readings

_RUNS = re.compile(r"[0-9]+|[a-z]+|[^\W_]")
_WHOLE = re.compile(r"[0-9a-z]+")
LONGEST_RUN = 20
LONGEST_ANCHOR = 6
_LONGEST_NAME = 60
REGION_DIGITS = (2, 4, 6, 9, 12)


def plain(text: str) -> str:
    """Full width to half, upper to lower case, one form of each character."""
    return unicodedata.normalize("NFKC", text).lower()


def runs(text: str) -> list[str]:
    """Digits together, letters together, each other character alone; the rest only separates."""
    return _RUNS.findall(text)


def close(text: str) -> str:
    """A name without what only separates: 通辽市（开发区）医院 → 通辽市开发区医院."""
    return "".join(runs(plain(text)))[:_LONGEST_NAME]


def is_latin(run: str) -> bool:
    return run.isascii()


def tokens_of(kind: str, found: Found) -> str:
    """All tokens of a record, each once, parted by blanks."""
    every = [kind_token(kind)]
    for region in found.regions:
        every += _regions(kind, region)
    every += [unit_token(kind, unit) for unit in found.units]
    for name in map(plain, found.names):
        parts = runs(name)
        every += [*_characters(name, parts), *_sounds(parts), *_anchors(parts)]
    for text in map(plain, found.texts):
        every += _characters(text, runs(text))
    every += [phone_token(phone) for phone in found.phones if phone]
    return " ".join(dict.fromkeys(every))


@lru_cache(maxsize=10_000)
def _regions(kind: str, region: str) -> tuple[str, ...]:
    return tuple(region_token(kind, region[:digits]) for digits in REGION_DIGITS)


def phone_token(keyed: str) -> str:
    """Half of the hash is far more than enough to tell a million phones apart."""
    return f"${keyed[:32]}"


def kind_token(kind: str) -> str:
    return f"#{kind}"


def region_token(kind: str, prefix: str) -> str:
    return f"#{kind}@{prefix}"


def unit_token(kind: str, unit: UUID) -> str:
    return f"#{kind}@u{unit.hex}"


def pairs(parts: Iterable[str]) -> Iterator[str]:
    """Neighbouring characters that are no letters or digits."""
    for first, second in pairwise(parts):
        if not is_latin(first) and not is_latin(second):
            yield first + second


def _characters(text: str, parts: Sequence[str]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if is_latin(part):
            found += _beginnings(part)
        else:
            found.append(part)
    found += pairs(parts)
    for whole in _WHOLE.findall(text):
        found += _beginnings(whole)
    return found


def _beginnings(run: str, most: int = LONGEST_RUN) -> list[str]:
    return [run[:length] for length in range(1, min(len(run), most) + 1)]


def _sounds(parts: Sequence[str]) -> list[str]:
    signs = [part for part in parts if not is_latin(part)]
    found = [sound for sign in signs for sound in _heard(sign)]
    for before, after in pairwise(signs):
        found += _neighbours(before, after)
    return found


@lru_cache(maxsize=30_000)
def _heard(sign: str) -> tuple[str, ...]:
    return tuple(f"~{begun}" for sound in readings(sign) for begun in _beginnings(sound))


@lru_cache(maxsize=100_000)
def _neighbours(before: str, after: str) -> tuple[str, ...]:
    firsts = (sorted({sound[0] for sound in readings(sign)}) for sign in (before, after))
    return tuple(f"~~{one}{two}" for one, two in product(*firsts))


def _anchors(parts: Sequence[str]) -> Iterator[str]:
    whole = "".join(parts)[:_LONGEST_NAME]
    for spelling in dict.fromkeys((whole, initials(whole))):
        if spelling:
            yield f"={spelling}"
            yield from (f"^{begun}" for begun in _beginnings(spelling, LONGEST_ANCHOR))


def initials(name: str) -> str:
    """The usual initials of a name, letters and digits as they are: 通辽A座 → tlaz."""
    return "".join((readings(sign) or (sign,))[0][0] for sign in name)
