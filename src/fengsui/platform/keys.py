"""The application's keys: files under `$FENGSUI_HOME/keys`, readable by their owner only.

`secret` signs sessions, `mac` seals ledger rows, `head` (Ed25519) signs tree heads, `field-N`
(AES-256) encrypts personal fields (the highest N encrypts, all decrypt), `lookup` makes keyed
hashes of phones. Losing `field-*` loses the personal data; a thief needs them and the database.
"""

import secrets
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from fengsui.kernel.refusal import Refusal


def _signing_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


_MAKERS: dict[str, Callable[[], bytes]] = {
    "secret": lambda: secrets.token_hex(32).encode(),
    "mac": lambda: secrets.token_bytes(32),
    "lookup": lambda: secrets.token_bytes(32),
    "field-1": lambda: secrets.token_bytes(32),
    "head": _signing_key,
}


def folder() -> Path:
    return Path(settings.HOME) / "keys"


def names() -> tuple[str, ...]:
    """The keys an installation begins with; field keys may become more."""
    return tuple(_MAKERS)


def ensure() -> list[str]:
    """Make the keys that are missing; returns their names. Never touches one that is there."""
    made = [name for name in _MAKERS if not (folder() / name).exists()]
    for name in made:
        give(name, _MAKERS[name]())
    forget()
    return made


def give(name: str, content: bytes) -> None:
    """Write a key of an installation that has none by this name yet."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder() / name
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(content)
    forget()


def forget() -> None:
    """Read the files anew at next use."""
    key.cache_clear()
    signing_key.cache_clear()
    field_keys.cache_clear()


@lru_cache
def key(name: str) -> bytes:
    """The bytes of a key. Refuses `key-missing` with the path."""
    path = folder() / name
    if not path.exists():
        raise Refusal("key-missing", path=str(path))
    return path.read_bytes()


@lru_cache
def signing_key() -> Ed25519PrivateKey:
    loaded = serialization.load_pem_private_key(key("head"), password=None)
    if not isinstance(loaded, Ed25519PrivateKey):
        raise Refusal("key-missing", path=str(folder() / "head"))
    return loaded


@lru_cache
def field_keys() -> dict[int, bytes]:
    """All field keys by number; the highest encrypts."""
    numbers = {int(path.name.split("-")[1]): path for path in folder().glob("field-*")}
    if not numbers:
        raise Refusal("key-missing", path=str(folder() / "field-1"))
    return {number: path.read_bytes() for number, path in sorted(numbers.items())}
