"""R1 for the web process: it is killed with -9 again and again while programs post actions by HTTP.

Ten kills; FENGSUI_KILLS asks for a long form.
"""

import http.client
import json
import os
import random
import socket
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.house import house, kill, kill_all
from tests.postgres import free_port

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("FENGSUI_KILLS", "10"))

BUILD = """
import json
from tests import make
from tests.api.client import key_of
team = make.Team()
make.region()
print(json.dumps(key_of(team.head)))
"""
STANDING = """
import json
from fengsui.platform.ledger.models import Entry
from fengsui.registry.models import Premises
entries = {str(found) for found in Entry.objects.values_list("id", flat=True)}
stored = Premises.objects.filter(name__contains="号店").values_list("name", "entry_id")
print(json.dumps({"stored": [[name, str(entry)] for name, entry in stored], "entries": sorted(entries)}))
"""


@dataclass
class Poster:
    """A program that posts one thing after another and does not give up; it loses some answers itself."""

    port: int
    secret: str
    name: str
    fresh_keys: bool
    over: threading.Event
    told: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def run(self) -> None:
        chance, number = random.Random(self.name), 0
        while not self.over.is_set():
            number += 1
            name, attempt, entry = f"{self.name}{number}号店", 0, None
            while entry is None:
                attempt += 1
                key = f"{self.name}{number}" + (f"-{attempt}" if self.fresh_keys else "")
                lost = attempt == 1 and chance.random() < 0.2
                entry = self._post(name, key, lost=lost)
            self.told[name] = entry

    def _post(self, name: str, key: str, *, lost: bool) -> str | None:
        """The entry of a 2xx; None when there was no answer."""
        body = {
            "name": name, "region": "150502001000", "address": "建国路 1 号",
            "kind": "宾馆", "rooms": 80, "responsible_name": "刘海燕",
            "not_duplicate": True,
        }  # fmt: skip
        headers = {
            "Authorization": f"Bearer {self.secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(
                "POST", "/api/v1/premises/register_premises", json.dumps(body).encode(), headers
            )
            if lost:
                time.sleep(0.2)  # it arrives; its answer does not
                return None
            answer = line.getresponse()
            said = answer.read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            return None
        finally:
            line.close()
        if answer.status != 201:
            self.wrong.append(f"{answer.status} {said.decode()[:200]}")
            return None
        return str(json.loads(said)["entry"])


@pytest.fixture(scope="module")
def played():
    """The careful and the careless in one play: what they were told, and what is stored."""
    with house() as built:
        secret, port, over = json.loads(built.run(BUILD)), free_port(), threading.Event()
        careful = [
            Poster(port, secret, f"careful-{n}-", fresh_keys=False, over=over) for n in range(2)
        ]
        careless = [
            Poster(port, secret, f"careless-{n}-", fresh_keys=True, over=over) for n in range(2)
        ]
        threads = [threading.Thread(target=one.run) for one in (*careful, *careless)]
        for thread in threads:
            thread.daemon = True  # a play that breaks off does not wait for them
            thread.start()
        for _ in range(KILLS):
            with serving(built, port):
                seen = answers(careful)
                assert until(lambda seen=seen: answers(careful) > seen), "nobody is answered"
                time.sleep(random.uniform(0, 0.5))
        with serving(built, port):
            over.set()
            for thread in threads:
                thread.join()
        yield careful, careless, json.loads(built.run(STANDING))


@contextmanager
def serving(built, port):
    server = built.serve(port)
    try:
        yield server
    finally:
        kill_all(server)


def answers(posters):
    return sum(len(one.told) for one in posters)


def test_everything_acknowledged_before_a_kill_is_stored_once(played):
    careful, careless, standing = played
    stored = Counter(name for name, _ in standing["stored"])
    told = {name: entry for one in (*careful, *careless) for name, entry in one.told.items()}

    assert [wrong for one in (*careful, *careless) for wrong in one.wrong] == []
    assert answers(careful) > KILLS
    assert told.keys() - stored.keys() == set()
    assert set(told.values()) - set(standing["entries"]) == set()
    assert {name: stored[name] for one in careful for name in one.told} == {
        name: 1 for one in careful for name in one.told
    }
    by_name = dict(standing["stored"])
    assert all(by_name[name] == entry for one in careful for name, entry in one.told.items())


def test_control_whoever_tries_again_with_a_fresh_key_stores_twice(played):
    _, careless, standing = played
    stored = Counter(name for name, _ in standing["stored"])

    assert max(stored[name] for one in careless for name in one.told) > 1


def test_what_a_killed_server_had_started_leaves_the_port():
    """Else the next one would find it taken, and an old program would go on answering."""
    with house() as built:
        port = free_port()
        with serving(built, port) as server:
            assert until(lambda: answers_at(port))
            kill(server)
            assert until(lambda: not answers_at(port))


def answers_at(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def until(true, seconds=20.0):
    begun = time.monotonic()
    while not (met := true()) and time.monotonic() - begun < seconds:
        time.sleep(0.02)
    return met
