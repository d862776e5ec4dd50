"""One spelling for a value, so that a digest means one thing on every machine and database."""

import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from uuid import UUID


def plain(value: object) -> object:
    """JSON types only: instants in UTC with microseconds, dates ISO, ids and decimals as text.

    Raises TypeError for anything whose spelling is not fixed here.
    """
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return plain(value.value)
        case str():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case Set():
            return sorted((plain(item) for item in value), key=str)
        case Sequence():
            return [plain(item) for item in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


def dumps(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, non-ASCII as it is."""
    return json.dumps(
        plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(value: object) -> bytes:
    """SHA-256 of the canonical JSON of `value` in UTF-8."""
    return hashlib.sha256(dumps(value).encode()).digest()


def salted(salt: bytes, text: str) -> str:
    """How a personal field enters the ledger: provable with the salt, unguessable without it."""
    return hashlib.sha256(bytes(salt) + text.encode()).hexdigest()
