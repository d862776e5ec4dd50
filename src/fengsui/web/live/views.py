"""`/live`: the stream of one post, in one session."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import UUID

from django.core.handlers.asgi import ASGIRequest
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from fengsui.platform.notices import queries
from fengsui.platform.notices.models import Notice
from fengsui.web.doors import PEOPLE, door
from fengsui.web.entry.middleware import Request, who_of_session
from fengsui.web.live.hub import Viewer, hub

HEARTBEAT_SECONDS = 15.0
_CHUNK = 100


@door(PEOPLE)
@require_GET
def live(request: Request) -> HttpResponseBase:
    """Server-sent events for who is in front of us; resumes after `Last-Event-ID`.

    Under a server that cannot stream the answer is 204, which tells a browser not to ask again.
    """
    http: HttpRequest = request
    who = request.who
    if not isinstance(http, ASGIRequest) or who is None or who.post_id is None:
        return HttpResponse(status=204)
    last = request.headers.get("Last-Event-ID", "")
    key = request.session.session_key or ""
    response = StreamingHttpResponse(
        stream(key, who.post_id, int(last) if last.isdecimal() and len(last) < 19 else None),
        content_type="text/event-stream",
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    connections.close_all()  # this thread only waits from now on: it holds no connection
    return response


async def stream(session_key: str, post_id: UUID, last: int | None) -> AsyncIterator[str]:
    """Events of one post until its session ends, changes its post, or does not keep up."""
    viewer = Viewer(post_id)
    now = await hub.join(viewer)
    try:
        yield f"retry: 2000\nid: {now if last is None else last}\nevent: ready\ndata: {{}}\n\n"
        at = now if last is None else last
        async for notice in _missed(post_id, at, now):
            yield event(notice)
        async for news in _news(viewer):
            if not await hub.ask(holds, session_key, post_id):
                yield "event: end\ndata: {}\n\n"
                return
            yield ": beat\n\n" if news is None else event(news)
    finally:
        hub.leave(viewer)


async def _missed(post_id: UUID, after: int, until: int) -> AsyncIterator[Notice]:
    """What came while nobody was listening, in chunks."""
    while found := await hub.ask(queries.missed, post_id, after, until, _CHUNK):
        for notice in found:
            yield notice
        after = found[-1].id


async def _news(viewer: Viewer) -> AsyncIterator[Notice | None]:
    """Notices as they come, None at each heartbeat; ends when the viewer was dropped."""
    while not viewer.dropped.is_set():
        try:
            yield await asyncio.wait_for(viewer.queue.get(), HEARTBEAT_SECONDS)
        except TimeoutError:
            yield None


def event(notice: Notice) -> str:
    """One notice for the wire: a line each for its number, its kind and its JSON."""
    said = {
        "title": notice.title,
        "text": notice.text,
        "url": f"/desk/notices/{notice.id}/",
        "urgent": notice.urgency == "urgent",
    }
    data = json.dumps(said, ensure_ascii=False)
    return f"id: {notice.id}\nevent: notice\ndata: {data}\n\n"


def holds(session_key: str, post_id: UUID) -> bool:
    """Is this session still signed in, and in this very post?"""
    who = who_of_session(session_key)
    return who is not None and who.post_id == post_id
