"""Pinyin of single characters, with every reading; and how a run of letters may be read as it."""

import unicodedata
from functools import lru_cache

from pypinyin.constants import PINYIN_DICT

_MOST_READINGS = 4
_MOST_SPLITS = 6


@lru_cache(maxsize=30_000)
def readings(character: str) -> tuple[str, ...]:
    """Every reading without tones, the usual one first: 长 → chang, zhang; 女 → nv, nu.

    ü is written v as on keyboards, and u as in haste. Nothing for what is no Chinese character.
    """
    toned = PINYIN_DICT.get(ord(character), "").split(",")[:_MOST_READINGS]
    plain = [sound for sound in map(_toneless, toned) if sound.isascii() and sound.isalpha()]
    return tuple(dict.fromkeys([*plain, *(sound.replace("v", "u") for sound in plain)]))


def _toneless(toned: str) -> str:
    """nǚ → nv, ê and ẑ as e and z: marks fall away, but ü is kept as v."""
    parted = unicodedata.normalize("NFD", toned.lower()).replace("u\u0308", "v")
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


@lru_cache(maxsize=1)
def beginnings() -> frozenset[str]:
    """What a syllable may begin with: each of its own beginnings, itself included."""
    common = range(0x4E00, 0x9FA6)
    known = {reading for code in common for reading in readings(chr(code))}
    return frozenset(known_[:length] for known_ in known for length in range(1, len(known_) + 1))


@lru_cache(maxsize=2_000)
def splits(letters: str) -> tuple[tuple[str, ...], ...]:
    """The likely ways to read letters as syllables, begun syllables and initials; fewest parts first.

    tongliao → tong·liao; tlsyy → t·l·s·y·y; tlyiyuan → t·l·yi·yuan; xian → xian, xi·an.
    Nothing when they cannot be read so (`i`, `u`, `v` begin no syllable).
    """
    ways: list[list[tuple[str, ...]]] = [[()]]
    for end in range(1, len(letters) + 1):
        found = [
            (*before, letters[start:end])
            for start in range(max(0, end - 6), end)
            if letters[start:end] in beginnings()
            for before in ways[start]
        ]
        ways.append(sorted(found, key=len)[:_MOST_SPLITS])
    whole = ways[-1]
    shortest = len(whole[0]) if whole else 0
    initials = [tuple(letters)] if set(letters) <= beginnings() else []
    near = [way for way in whole if len(way) <= shortest + 1]
    return tuple(dict.fromkeys([*near, *initials]))
