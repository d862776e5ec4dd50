"""One spelling for a value, so that a digest means one thing on every machine and database."""

import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from uuid import UUID

# What JSON has itself; a subclass (an enumeration) is spelled by its value.
_PLAIN = frozenset({type(None), bool, int, float, str})
_AS_TEXT = (UUID, Decimal)
_TEXTS = frozenset({UUID, Decimal, datetime, date, time})
# Sorted keys, no spaces, non-ASCII as it is.
_JSON = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)


def plain(value: object) -> object:
    """JSON types only: instants in UTC with microseconds, dates ISO, ids and decimals as text.

    Raises TypeError for anything whose spelling is not fixed here.
    """
    if type(value) in _PLAIN:
        return value
    if type(value) is dict or isinstance(value, Mapping):
        # Most items are plain already: those are passed on without a call.
        return {
            str(key): item if type(item) in _PLAIN else plain(item) for key, item in value.items()
        }
    if type(value) in _TEXTS:
        return _text(value)
    if isinstance(value, bool | int | float | str | Enum):
        return _scalar(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, Set):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    return _text(value)


def _scalar(value: object) -> object:
    bare = value.value if isinstance(value, Enum) else value
    return str(bare) if isinstance(bare, str) else bare


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, _AS_TEXT):
        return str(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")


def dumps(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, non-ASCII as it is."""
    return _JSON.encode(plain(value))


def digest(value: object) -> bytes:
    """SHA-256 of the canonical JSON of `value` in UTF-8."""
    return hashlib.sha256(dumps(value).encode()).digest()


def salted(salt: bytes, text: str) -> str:
    """How a personal field enters the ledger: provable with the salt, unguessable without it."""
    return hashlib.sha256(bytes(salt) + text.encode()).hexdigest()
