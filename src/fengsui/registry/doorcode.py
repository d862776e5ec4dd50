"""The code on the door of a premises: public, but not to be guessed from another one."""

from fengsui.platform.fields import keyed_hash

# Without 0 O 1 I L U: nobody asks which it is.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12


def door_code(of: str) -> str:
    """Twelve signs (59 bits) that only this house makes of `of`, a text that no other door has."""
    number = int(keyed_hash(f"door:{of}"), 16) % len(_LETTERS) ** _LENGTH
    signs = []
    for _ in range(_LENGTH):
        number, sign = divmod(number, len(_LETTERS))
        signs.append(_LETTERS[sign])
    return "".join(signs)
