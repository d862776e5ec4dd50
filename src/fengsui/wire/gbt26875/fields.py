"""Single values of an object: from bytes to plain values, and back with the field named when it cannot be."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fengsui.wire.gbt26875 import times
from fengsui.wire.gbt26875.frame import Profile

DESCRIPTION = 31
_UNREADABLE = b"\xff"


class NotSo(ValueError):
    """An object that cannot be written: names the field."""


def at(tag: bytes, profile: Profile) -> str | None:
    found = times.read(tag, profile)
    return found.isoformat() if found else None


def tag(said: Mapping[str, Any], name: str = "at") -> bytes:
    value = said.get(name)
    if value is None:
        return times.NONE
    try:
        return times.write(datetime.fromisoformat(str(value)))
    except ValueError as wrong:
        raise NotSo(name) from wrong


def byte(said: Mapping[str, Any], name: str, most: int = 0xFF, least: int = 0) -> int:
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise NotSo(name)
    return value


def address(said: Mapping[str, Any]) -> bytes:
    try:
        found = bytes.fromhex(str(said.get("component_address", "")))
    except ValueError as wrong:
        raise NotSo("component_address") from wrong
    if len(found) != 4:
        raise NotSo("component_address")
    return found


def text_of(data: bytes) -> str:
    """GB 18030 without its padding; a character cut in half is replaced, not fatal."""
    return data.decode("gb18030", "replace").strip("\x00 ").replace("\x00", "")


def padded(said: Mapping[str, Any]) -> bytes:
    data = text_bytes(said, "description", DESCRIPTION)
    return data.ljust(DESCRIPTION, b"\x00")


def text_bytes(said: Mapping[str, Any], name: str, most: int) -> bytes:
    """GB 18030; for what could not be read when it came (U+FFFD) again a byte that cannot be read."""
    text = said.get(name, "")
    if not isinstance(text, str):
        raise NotSo(name)
    try:
        data = _UNREADABLE.join(part.encode("gb18030") for part in text.split("\ufffd"))
    except UnicodeEncodeError as wrong:
        raise NotSo(name) from wrong
    if len(data) > most:
        raise NotSo(name)
    return data
