"""The code on the door of a premises: public, but not to be guessed from another one."""

import secrets

# Without 0 O 1 I L U: nobody asks which it is.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12


def door_code() -> str:
    """Twelve signs (59 bits): among a million doors two alike are not to be expected."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
