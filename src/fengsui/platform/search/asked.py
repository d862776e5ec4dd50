"""What somebody typed, as a question to the index: which tokens, joined how."""

import re
from dataclasses import dataclass
from itertools import pairwise

from fengsui.platform.fields import phone_hash
from fengsui.platform.search.syllables import splits
from fengsui.platform.search.tokens import (
    LONGEST_ANCHOR,
    LONGEST_RUN,
    close,
    is_latin,
    pairs,
    phone_token,
    plain,
    runs,
)

LONGEST_QUESTION = 64
_MOST_WORDS = 8
_PHONE = re.compile(r"\+?[0-9][0-9 -]{5,18}[0-9]")


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds. A part is a token, or an alternative."""

    parts: "tuple[str | All | Either, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: "tuple[str | All | Either, ...]"


Term = str | All | Either


@dataclass(frozen=True, slots=True)
class Question:
    """`words` must all hold; records that are `exact` come first, those that `begin` so next."""

    words: All
    exact: str
    begins: str


def question(text: str, *, phones: bool = False) -> Question | None:
    """The question behind a typed text, or None when it holds nothing to look for.

    Only the first 64 characters and 8 words count. With `phones` a text that could be a phone also
    asks for whom that number reaches.
    """
    cut = plain(text[:LONGEST_QUESTION])
    words = cut.split()[:_MOST_WORDS]
    parts: tuple[Term, ...] = tuple(dict.fromkeys(part for word in words for part in _word(word)))
    if not parts:
        return None
    if phones and _PHONE.fullmatch(cut.strip()):
        parts = (Either((All(parts), phone_token(phone_hash(cut)))),)
    whole = close(cut)
    return Question(All(parts), exact=f"={whole}", begins=f"^{whole[:LONGEST_ANCHOR]}")


def _word(word: str) -> list[Term]:
    """科区消限字〔2026〕 → pairs of characters and numbers; tl医院 → sounds and a pair."""
    parts = runs(word)
    latin = [part for part in parts if is_latin(part)]
    found = [_letters(part) if part.isalpha() else part[:LONGEST_RUN] for part in latin]
    together = list(pairs(parts))
    paired = {sign for pair in together for sign in pair}
    singles = [part for part in parts if not is_latin(part) and part not in paired]
    return [*together, *singles, *found]


def _letters(run: str) -> Term:
    """Letters are letters of a name, or its sounds in one of the ways they can be read."""
    ways = [_heard(way) for way in splits(run)]
    return Either((run[:LONGEST_RUN], *ways)) if ways else run[:LONGEST_RUN]


def _heard(way: tuple[str, ...]) -> Term:
    # Neighbours say all that initials say; only what is longer narrows further.
    sounds = [f"~{sound}" for sound in way if len(sound) > 1 or len(way) == 1]
    neighbours = [f"~~{one[0]}{two[0]}" for one, two in pairwise(way)]
    return All(tuple(dict.fromkeys([*sounds, *neighbours])))
