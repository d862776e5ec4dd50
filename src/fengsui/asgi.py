"""The application for a web server that streams: pages by threads as under WSGI, `/live` by the loop.

Pages are synchronous through and through; run by Django's own ASGI handler each would get a fresh
thread and a fresh database connection. So a pool of threads runs the WSGI application, and only the
streams, which wait most of the time, go through the loop.
"""

import os
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import sync_to_async
from asgiref.wsgi import WsgiToAsgiInstance
from django.core.handlers.asgi import ASGIHandler

from fengsui.wsgi import application as pages

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

_STREAMS = frozenset({"/live"})
_THREADS = int(os.environ.get("FENGSUI_WEB_THREADS", "8"))
_LOOK_SECONDS = 0.1
_pool = ThreadPoolExecutor(_THREADS, "page")
_streams = ASGIHandler()


# asgiref runs all of it in one thread; we want the function below that, to run it in the pool.
_run: Callable[..., None] = WsgiToAsgiInstance.__dict__["run_wsgi_app"].func


def _closed(environ: Any, start_response: Any) -> Iterator[bytes]:
    """asgiref leaves responses open: their files, and what Django does at the end of a request."""
    response = pages(environ, start_response)
    try:
        yield from response
    finally:
        response.close()


class _Page(WsgiToAsgiInstance):
    """One request to the WSGI application, in a thread of the pool."""

    run_wsgi_app = sync_to_async(_run, thread_sensitive=False, executor=_pool)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"] in _STREAMS:
        await _streams(scope, receive, send)
    elif scope["type"] == "http":
        page: Callable[..., Awaitable[None]] = _Page(_closed)  # type: ignore[no-untyped-call]  # asgiref
        await page(scope, receive, _plain(send))


def _plain(send: Send) -> Send:
    """The server's own callable is not marked as a coroutine function, which asgiref asks for."""

    async def say(message: Any) -> None:
        await send(message)

    return say


async def _lifespan(receive: Receive, send: Send) -> None:
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _leave_with(parent: int) -> None:
    """Whoever started this process was killed: go too, so that the next one finds the port free."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)
