"""Secrets as people carry them, and the hashes that stay here."""

import hashlib
import secrets
from itertools import pairwise

from fengsui.platform.fields import keyed_hash

# Without 0 O 1 I L U: nobody asks which it is.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAPER_LENGTH, _RECOVERY_LENGTH, _GROUP = 12, 8, 4
_SEPARATORS = str.maketrans("", "", " -—－\t\r\n")


def new_secret() -> str:
    """256 bits for a link or a phone's cookie."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """How a 256-bit secret is found again; too long to be guessed from it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_paper_code() -> str:
    """Twelve letters and digits (58 bits), as `7K3M-…`."""
    return _grouped(_PAPER_LENGTH)


def new_recovery_code() -> str:
    return _grouped(_RECOVERY_LENGTH)


def _grouped(length: int) -> str:
    text = "".join(secrets.choice(_LETTERS) for _ in range(length))
    return "-".join(text[at : at + _GROUP] for at in range(0, length, _GROUP))


def code_digest(code: str) -> str:
    """A shorter code is kept under our own key: the database alone does not give it away."""
    return keyed_hash(f"code:{code.upper().translate(_SEPARATORS)}")


def is_weak_pin(pin: str) -> bool:
    """One digit throughout, or a run up or down: the first that anybody tries."""
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    return len(steps) == 1 and steps <= {-1, 0, 1}
