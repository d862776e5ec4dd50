"""What the server does beyond Django: it closes every response, and with it its files and connections."""

import asyncio

import pytest

from fengsui import asgi

SCOPE = {
    "type": "http", "method": "GET", "path": "/x", "raw_path": b"/x", "query_string": b"",
    "headers": [], "http_version": "1.1", "scheme": "http", "root_path": "",
    "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
}  # fmt: skip


class Response:
    def __init__(self, parts):
        self.parts, self.closed = parts, 0

    def __iter__(self):
        for part in self.parts:
            if isinstance(part, Exception):
                raise part
            yield part

    def close(self):
        self.closed += 1


def asked(monkeypatch, response):
    """Ask the application for a page that is answered by `response`; what it sent."""
    sent = []

    def pages(_environ, start_response):
        start_response("200 OK", [])
        return response

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    monkeypatch.setattr(asgi, "pages", pages)
    asyncio.run(asgi.application(SCOPE, receive, send))
    return sent


def test_a_response_is_closed_once_when_it_was_sent(monkeypatch):
    response = Response([b"a", b"b"])

    sent = asked(monkeypatch, response)

    assert b"".join(message.get("body", b"") for message in sent) == b"ab"
    assert response.closed == 1


def test_a_response_that_breaks_off_is_closed_too(monkeypatch):
    response = Response([b"a", RuntimeError("no")])

    with pytest.raises(RuntimeError):
        asked(monkeypatch, response)

    assert response.closed == 1
