"""Bytes as they come, cut by length into frames; what is no frame is reported and skipped.

Memory is bounded by one frame. After something bad the search goes on two bytes later, because a
damaged length must not swallow the good frame behind it.
"""

import re
from collections.abc import Iterator

from fengsui.wire.gbt26875.frame import (
    HEARTBEAT,
    OVERHEAD,
    STANDARD,
    START,
    Bad,
    Frame,
    Heartbeat,
    Profile,
    is_heartbeat,
    parse,
    size_of,
)

Event = Frame | Heartbeat | Bad
_HEADER_SEEN = 26
_HEX = re.compile(rb"[0-9A-Fa-f]")


class Stream:
    """Feed it bytes in any pieces; it gives events in order. `close` reports what was left half way."""

    def __init__(self, profile: Profile = STANDARD) -> None:
        self.profile = profile
        self._held = bytearray()
        self._digits = b""

    def feed(self, data: bytes) -> Iterator[Event]:
        self._held += self._unwrapped(data) if self.profile.ascii_hex else data
        while (event := self._next()) is not None:
            yield event

    def close(self) -> Iterator[Event]:
        """The source is gone: whatever is held is judged as it stands."""
        while self._held:
            found = parse(bytes(self._held), self.profile)
            yield found if isinstance(found, Bad) else Bad("short", "", bytes(self._held))
            del self._held[:2]
            self._held = self._from_start(self._held)

    def _next(self) -> Event | None:
        held = self._held
        if held[:1] != START[:1] or (len(held) > 1 and held[:2] != START):
            return self._skip_noise()
        if is_heartbeat(held):
            return self._heartbeat()
        if len(held) < _HEADER_SEEN:
            return None
        size = size_of(held)
        if size > OVERHEAD + self.profile.most:
            return self._drop_start(parse(bytes(held[:OVERHEAD]).ljust(OVERHEAD), self.profile))
        if len(held) < size:
            return None
        found = parse(bytes(held[:size]), self.profile)
        if isinstance(found, Bad) and found.error != "command":
            return self._drop_start(found)
        del held[:size]
        return found

    def _heartbeat(self) -> Heartbeat:
        raw = bytes(self._held[:HEARTBEAT])
        del self._held[:HEARTBEAT]
        return Heartbeat(raw[2:8], raw[8], raw[9], raw)

    def _drop_start(self, found: Frame | Bad) -> Event:
        del self._held[: len(START)]
        self._held = self._from_start(self._held)
        return found

    def _skip_noise(self) -> Bad | None:
        rest = self._from_start(self._held)
        noise = bytes(self._held[: len(self._held) - len(rest)])
        self._held = rest
        return Bad("start", "起始符不是 40 40", noise) if noise else None

    @staticmethod
    def _from_start(held: bytearray) -> bytearray:
        """What follows from the next start; a last 40 may be half of one."""
        place = held.find(START)
        if place < 0:
            place = len(held) - (1 if held.endswith(START[:1]) else 0)
        return held[place:]

    def _unwrapped(self, data: bytes) -> bytes:
        digits = self._digits + b"".join(_HEX.findall(data))
        whole = len(digits) // 2 * 2
        self._digits = digits[whole:]
        return bytes.fromhex(digits[:whole].decode())
