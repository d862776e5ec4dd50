"""Personal fields: encrypted at rest, masked wherever they are printed, opened only on purpose."""

import base64
import hmac
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from fengsui.platform import keys

_WITH_COUNTRY = 13


def seal(text: str) -> str:
    """AES-256-GCM under the newest field key: `number.base64(nonce + ciphertext)`."""
    if not text:
        return ""
    number, cipher = _newest()
    nonce = os.urandom(12)
    sealed = cipher.encrypt(nonce, text.encode(), None)
    return f"{number}.{base64.b64encode(nonce + sealed).decode()}"


def _unseal(stored: str) -> str:
    number, _, packed = stored.partition(".")
    raw = base64.b64decode(packed)
    return _cipher(keys.field_keys()[int(number)]).decrypt(raw[:12], raw[12:], None).decode()


def _newest() -> tuple[int, AESGCM]:
    number, key = max(keys.field_keys().items())
    return number, _cipher(key)


@lru_cache
def _cipher(key: bytes) -> AESGCM:
    """Made once: to set a cipher up costs more than to seal a telephone number."""
    return AESGCM(key)


def concealed(data: bytes) -> bytes:
    """Content of a file that may hold something personal: `number.nonce + ciphertext`."""
    number, cipher = _newest()
    nonce = os.urandom(12)
    return f"{number}.".encode() + nonce + cipher.encrypt(nonce, data, None)


def disclosed(stored: bytes) -> bytes:
    """The content again, for the machinery that concealed it."""
    number, _, raw = stored.partition(b".")
    return _cipher(keys.field_keys()[int(number)]).decrypt(raw[:12], raw[12:], None)


def keyed_hash(text: str) -> str:
    """How a phone is found without being readable: HMAC-SHA-256 under the look-up key, hex."""
    return hmac.digest(keys.key("lookup"), text.encode(), "sha256").hex() if text else ""


def phone_hash(text: str) -> str:
    """The keyed hash of a phone however it is written: +86 138-0000-0027 is 13800000027."""
    digits = "".join(sign for sign in text if sign.isdecimal())
    return keyed_hash(digits.removeprefix("86") if len(digits) == _WITH_COUNTRY else digits)


def masked(text: str) -> str:
    """138****0027 for numbers, 张** for names, the first three characters for longer text."""
    if not text:
        return ""
    if text.isdigit() and len(text) >= 7:
        return f"{text[:3]}****{text[-4:]}"
    shown = 1 if len(text) <= 4 else 3
    return text[:shown] + "*" * min(len(text) - shown, 4)


def is_masked(text: str) -> bool:
    """Whether a text may be what `masked` made of another one."""
    return "*" in text or "＊" in text


if TYPE_CHECKING:
    _Text = models.TextField["Sealed | str", "Sealed"]
else:
    _Text = models.TextField


class Sealed:
    """A personal value. Printing it gives the mask; only `open()` gives the text.

    Who may call `open()` is fixed by an architecture test: the reveal action, documents, notices,
    and the ledger's salted hashes.
    """

    __slots__ = ("_stored",)

    def __init__(self, stored: str) -> None:
        self._stored = stored

    @classmethod
    def of(cls, text: str) -> "Sealed":
        return cls(seal(text))

    @property
    def stored(self) -> str:
        return self._stored

    def open(self) -> str:
        return _unseal(self._stored) if self._stored else ""

    def __str__(self) -> str:
        return masked(self.open())

    def __repr__(self) -> str:
        return "Sealed(…)"

    def __bool__(self) -> bool:
        return bool(self._stored)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.open() == other.open()

    def __hash__(self) -> int:
        return hash(self.open())


def mask_of(value: "Sealed | str") -> str:
    """A personal value as it may be shown, whether its column is sealed or not."""
    return masked(value) if isinstance(value, str) else str(value)


def sealed_phone(phone: Sealed | str) -> str:
    """By what a phone on record is found without being readable; nothing for nothing."""
    return phone_hash(phone.open() if isinstance(phone, Sealed) else phone)


class SealedTextField(_Text):
    """Text that the database holds encrypted. Assign `Sealed.of(text)` or plain text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str, *_: object) -> Sealed:
        return Sealed(value)

    def to_python(self, value: Any) -> Sealed:
        return value if isinstance(value, Sealed) else Sealed.of(str(value or ""))

    def get_prep_value(self, value: Any) -> str:
        return self.to_python(value).stored


class Hidden(Sealed):
    """A personal value of which nothing at all is printed: even its first words would tell too much."""

    __slots__ = ()

    def __str__(self) -> str:
        return "****" if self else ""


class HiddenTextField(SealedTextField):
    """Sealed text about health and the like: its mask is the same for every text."""

    def from_db_value(self, value: str, *_: object) -> Sealed:
        return Hidden(value)

    def to_python(self, value: Any) -> Sealed:
        return Hidden(super().to_python(value).stored)
