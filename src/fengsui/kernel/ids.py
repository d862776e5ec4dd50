"""Ids, salts, and the time. A record's id is a UUIDv7 made by its creator, so a phone without signal can make one."""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID


class Source(Protocol):
    """Where randomness and the time come from."""

    def bits(self, count: int) -> int: ...
    def milliseconds(self) -> int: ...


class _Machine:
    def bits(self, count: int) -> int:
        return int.from_bytes(os.urandom((count + 7) // 8)) >> (-count % 8)

    def milliseconds(self) -> int:
        return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Seeded:
    """A repeatable source for the player of the reference year: same seed and clock, same ids."""

    random: random.Random
    clock: Callable[[], datetime]

    def bits(self, count: int) -> int:
        return self.random.getrandbits(count)

    def milliseconds(self) -> int:
        return int(self.clock().timestamp() * 1000)


_MACHINE = _Machine()
_source: ContextVar[Source | None] = ContextVar("source", default=None)


def _current() -> Source:
    return _source.get() or _MACHINE


@contextmanager
def supplied_by(source: Source) -> Iterator[None]:
    """Within the block ids, salts and the time come from `source`."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then randomness."""
    source = _current()
    value = (source.milliseconds() & (1 << 48) - 1) << 80
    chance = source.bits(74)
    value |= 0x7 << 76 | chance >> 62 << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    return UUID(int=value)


def new_salt() -> bytes:
    """16 random bytes that live and go with a record's personal fields."""
    return _current().bits(128).to_bytes(16, "big")


def now() -> datetime:
    """This moment, to the millisecond; in a play the moment that is played."""
    return datetime.fromtimestamp(_current().milliseconds() / 1000, UTC)
