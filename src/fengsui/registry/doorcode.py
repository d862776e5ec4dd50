"""The code on the door of a premises: public, but not to be guessed from another one."""

from fengsui.platform.calls import Call
from fengsui.platform.fields import keyed_hash

# Without 0 O 1 I L U: nobody asks which it is.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 10


def door_code(call: Call) -> str:
    """Ten signs (49 bits) of a call: the same call repeated gives the same code, and no two calls do."""
    number = int(keyed_hash(f"door:{call.who.caller}:{call.key}"), 16)
    signs = []
    for _ in range(_LENGTH):
        number, sign = divmod(number, len(_LETTERS))
        signs.append(_LETTERS[sign])
    return "".join(signs)
