"""`/live` by a real server: at once, for many, nothing lost, and over when the session is."""

import asyncio
import json
import socket
import time
from dataclasses import dataclass, field

import pytest

from fengsui.kernel.ids import new_id
from fengsui.platform.notices.models import Notice
from fengsui.web.live.hub import QUEUE, Viewer
from tests import make
from tests.house import end, house
from tests.postgres import free_port
from tests.web.people import PASSWORD

PERSON = f"""
import json
from uuid import uuid4
from django.test import Client
from tests import make
who = make.who(user=make.user(username=uuid4().hex))
make.password(who, "{PASSWORD}")
browser = Client(SERVER_NAME="127.0.0.1")
browser.post("/sign-in", {{"username": make.username(who), "password": "{PASSWORD}"}})
browser.get("/desk/")  # the only post is chosen here
session = browser.session
assert session["post"] == str(who.post_id)
print(json.dumps({{"post": session["post"], "session": session.session_key}}))
"""
TELL = """
import sys, time
from datetime import datetime, UTC
from uuid import UUID
from fengsui.platform.notices.lifecycle import Channel, Urgency
from fengsui.platform.notices.store import Telling, tell
def told(post, name):
    tell([Telling(name, f"post:{{post}}", UUID(post), "task.opened", Urgency.PLAIN, name, "",
                  "hazard", UUID(post), datetime.now(UTC), [(Channel.APP, None)])])
    return time.time()
post = "{post}"
{what}
"""


@dataclass
class Screen:
    """An open stream, as a browser keeps one."""

    port: int
    session: str
    last: str = ""
    kind: str = ""
    events: list[tuple[float, str, str]] = field(default_factory=list)

    async def open(self) -> str:
        """The status line; the stream is then read with `read`."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        resume = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        asked = f"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={self.session}\r\n"
        self.writer.write(f"{asked}{resume}\r\n".encode())
        return (await self.reader.readline()).decode()

    async def read(self, count: int, seconds: float) -> list[str]:
        """The titles of the next `count` events (kinds of those without one), within some seconds."""
        found: list[str] = []
        async with asyncio.timeout(seconds):
            while len(found) < count:
                title = self.take((await self.reader.readline()).decode().strip())
                found += [title] if title and title != "ready" else []
        return found

    def take(self, line: str) -> str:
        """One line of the stream; what it says once it is the data of an event."""
        if line.startswith("id: "):
            self.last = line[4:]
        if line.startswith("event: "):
            self.kind = line[7:]
        if not line.startswith("data: "):
            return ""
        title = str(json.loads(line[6:]).get("title", self.kind))
        if title != "ready":
            self.events.append((time.time(), self.kind, title))
        return title

    async def ready(self) -> None:
        async with asyncio.timeout(20):
            while self.take((await self.reader.readline()).decode().strip()) != "ready":
                pass

    def close(self) -> None:
        self.writer.close()


def reachable(port):
    """Until a server listens there."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


@pytest.fixture(scope="module")
def server():
    """A house, its server, and one person signed in."""
    with house() as built:
        port = free_port()
        process = built.serve(port)
        person = json.loads(built.run(PERSON))
        reachable(port)
        yield built, port, person
        end(process)


def told(built, person, what):
    return built.run(TELL.format(post=person["post"], what=what))


@pytest.mark.slow
def test_what_is_told_is_on_the_screen_within_a_second_of_its_commit(server):
    built, port, person = server

    async def watch():
        screen = Screen(port, person["session"])
        assert " 200 " in await screen.open()
        await screen.ready()
        what = "for n in range(5):\n    print(told(post, f'prompt {n}'))\n    time.sleep(0.7)"
        telling = asyncio.to_thread(told, built, person, what)
        titles, committed = await asyncio.gather(screen.read(5, 30), telling)
        screen.close()
        delays = [
            event[0] - float(at) for event, at in zip(screen.events, committed.split(), strict=True)
        ]
        return titles, delays

    titles, delays = asyncio.run(watch())

    assert titles == [f"prompt {n}" for n in range(5)]
    assert max(delays) < 1.0


@pytest.mark.slow
def test_a_screen_that_comes_back_is_told_what_it_missed_and_nothing_twice(server):
    built, port, person = server

    async def watch():
        screen = Screen(port, person["session"])
        await screen.open()
        await screen.ready()
        what = "for n in range(3): told(post, f'first {n}')"
        seen, _ = await asyncio.gather(
            screen.read(3, 30), asyncio.to_thread(told, built, person, what)
        )
        screen.close()
        await asyncio.to_thread(
            told, built, person, "for n in range(250): told(post, f'missed {n}')"
        )
        again = Screen(port, person["session"], last=screen.last)
        await again.open()
        missed = await again.read(250, 30)
        more, _ = await asyncio.gather(
            again.read(1, 30), asyncio.to_thread(told, built, person, "told(post, 'then')")
        )
        again.close()
        return seen, missed, more

    seen, missed, more = asyncio.run(watch())

    assert seen == ["first 0", "first 1", "first 2"]
    assert missed == [f"missed {n}" for n in range(250)]
    assert more == ["then"]


@pytest.mark.slow
def test_writers_at_the_same_time_lose_no_event_of_a_reader_that_keeps_reconnecting(server):
    built, port, person = server
    writers, each = 3, 40

    async def watch():
        screen = Screen(port, person["session"])
        await screen.open()
        await screen.ready()
        writing = [
            asyncio.to_thread(
                told, built, person, f"for n in range({each}): told(post, f'w{w} {{n}}')"
            )
            for w in range(writers)
        ]
        running = asyncio.gather(*writing)
        titles: list[str] = []
        while len(titles) < writers * each:
            titles += await screen.read(min(7, writers * each - len(titles)), 30)
            screen.close()
            await screen.open()
        await running
        screen.close()
        return titles

    titles = asyncio.run(watch())

    assert sorted(titles) == sorted(f"w{w} {n}" for w in range(writers) for n in range(each))


@pytest.mark.slow
def test_two_hundred_idle_screens_cost_no_promptness(server):
    built, port, person = server
    other = json.loads(built.run(PERSON))

    async def watch():
        idle = [Screen(port, other["session"]) for _ in range(200)]
        for screen in idle:
            assert " 200 " in await screen.open()
            await screen.ready()
        mine = Screen(port, person["session"])
        await mine.open()
        await mine.ready()
        committed, titles = await asyncio.gather(
            asyncio.to_thread(told, built, person, "print(told(post, 'among many'))"),
            mine.read(1, 30),
        )
        delay = mine.events[0][0] - float(committed)
        everybody = [screen.read(1, 30) for screen in idle]
        what = "print(told(post, 'to all'))"
        at, *heard = await asyncio.gather(asyncio.to_thread(told, built, other, what), *everybody)
        slowest = max(screen.events[0][0] for screen in idle) - float(at)
        for screen in [*idle, mine]:
            screen.close()
        return titles, delay, heard, slowest

    titles, delay, heard, slowest = asyncio.run(watch())

    assert titles == ["among many"]
    assert delay < 1.0
    assert heard == [["to all"]] * 200
    assert slowest < 5.0  # each is asked for its session first


@pytest.mark.slow
def test_the_stream_ends_with_the_session_and_with_the_post(server):
    built, port, _ = server
    sessions = "from django.contrib.sessions.backends.db import SessionStore\n"
    signed_out = sessions + "SessionStore('{session}').flush()"
    other_post = (
        sessions + "s = SessionStore('{session}'); s['post'] = str(make.new_id()); s.save()"
    )
    post_ended = (
        "from fengsui.platform.accounts.models import Post\n"
        "Post.objects.filter(id=post).update(state='ended')"
    )

    async def watch(how):
        person = json.loads(built.run(PERSON))
        screen = Screen(port, person["session"])
        await screen.open()
        await screen.ready()
        what = "from tests import make\n" + how.format(**person) + "\ntold(post, 'secret')"
        heard, _ = await asyncio.gather(
            screen.read(1, 30), asyncio.to_thread(told, built, person, what)
        )
        screen.close()
        return heard

    ways = (signed_out, other_post, post_ended)
    assert [asyncio.run(watch(how)) for how in ways] == [["end"]] * 3


@pytest.mark.slow
def test_nobody_without_a_session_gets_a_stream(server):
    _, port, _ = server

    async def ask():
        screen = Screen(port, "none")
        status = await screen.open()
        screen.close()
        return status

    assert " 302 " in asyncio.run(ask())


@pytest.mark.slow
def test_a_server_with_open_streams_stops_when_told(server):
    built, _, person = server
    port = free_port()
    process = built.serve(port)
    reachable(port)

    async def watch():
        screen = Screen(port, person["session"])
        await screen.open()
        await screen.ready()
        started = time.monotonic()
        await asyncio.to_thread(end, process)
        screen.close()
        return time.monotonic() - started

    assert asyncio.run(watch()) < 10


def test_a_slow_viewer_is_dropped_and_not_waited_for():
    async def fill():
        viewer = Viewer(new_id())
        for number in range(QUEUE + 1):
            viewer.offer(Notice(id=number))
        return viewer.dropped.is_set(), viewer.queue.qsize()

    assert asyncio.run(fill()) == (True, QUEUE)


@pytest.mark.django_db
def test_a_server_that_cannot_stream_tells_the_browser_not_to_ask_again(client):
    person = make.who()
    make.password(person, PASSWORD)
    client.post("/sign-in", {"username": make.username(person), "password": PASSWORD})

    assert client.get("/live").status_code == 204
