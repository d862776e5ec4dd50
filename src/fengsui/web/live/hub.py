"""One reader of the notices in each process, fanned out to those who watch."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db import Error, close_old_connections

from fengsui.platform.notices import queries
from fengsui.platform.notices.models import Notice

log = logging.getLogger(__name__)
T = TypeVar("T")

POLL_SECONDS = 0.4
BATCH = 500
QUEUE = 100


@dataclass(eq=False)
class Viewer:
    """One open stream. Too slow to take its events, it is dropped; it comes back and goes on."""

    post_id: UUID
    queue: "asyncio.Queue[Notice]" = field(default_factory=lambda: asyncio.Queue(QUEUE))
    dropped: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, notice: Notice) -> None:
        try:
            self.queue.put_nowait(notice)
        except asyncio.QueueFull:
            self.dropped.set()


class Hub:
    """All viewers of a process. It reads only while somebody watches, from `position` on.

    Database work of all streams is done by two threads with connections of their own, however
    many viewers there are.
    """

    def __init__(self) -> None:
        self.viewers: set[Viewer] = set()
        self.position = 0
        self._threads = ThreadPoolExecutor(2, "live")
        self._reader: asyncio.Task[None] | None = None
        self._beginning = asyncio.Lock()

    async def ask(self, read: Callable[..., T], *arguments: object) -> T:
        """Run a read in one of the hub's threads."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: _with_fresh_connection(read, *arguments)
        )

    async def join(self, viewer: Viewer) -> int:
        """Let `viewer` hear everything after the number that is returned."""
        async with self._beginning:
            if self._reader is None or self._reader.done():
                self.position = await self.ask(queries.last_number)
                self._reader = asyncio.create_task(self._read_on())
            self.viewers.add(viewer)
        return self.position

    def leave(self, viewer: Viewer) -> None:
        self.viewers.discard(viewer)

    async def _read_on(self) -> None:
        while self.viewers:
            found = await self._next()
            for notice in found:
                self.position = notice.id
                for viewer in self.viewers:
                    if viewer.post_id == notice.post_id:
                        viewer.offer(notice)
            if len(found) < BATCH:
                await asyncio.sleep(POLL_SECONDS)

    async def _next(self) -> list[Notice]:
        try:
            return await self.ask(queries.tail, self.position, BATCH)
        except Error:
            log.exception("the database does not answer; trying again")
            return []


def _with_fresh_connection(read: Callable[..., T], *arguments: object) -> T:
    close_old_connections()
    return read(*arguments)


hub = Hub()
