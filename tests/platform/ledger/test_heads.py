"""Heads leave the house: a durable file each, and mirrors that keep nobody waiting."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.test import override_settings

from fengsui.kernel import canonical
from fengsui.kernel.refusal import Refusal
from fengsui.platform import durable, keys
from fengsui.platform.ledger import heads, store
from fengsui.platform.ledger.models import Head
from fengsui.workers import signs as worker
from tests import make
from tests.platform.ledger.adopt import adopt_everything
from tests.supervision import loop

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path):
    with override_settings(HOME=tmp_path / "home"):
        keys.ensure()
        yield tmp_path / "home"
    keys.forget()


@pytest.fixture
def grown(home):
    """Two signed heads."""
    team = make.Team()
    adopt_everything()
    loop.planned(team)
    store.seal(make.NOON)
    store.sign(make.NOON)
    loop.planned(team)
    store.seal(make.NOON)
    store.sign(make.NOON + timedelta(minutes=1))
    return home


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_each_head_has_a_file_that_its_signature_can_be_checked_from(grown):
    assert heads.export((0, 0)) == (1, 3)

    assert names(grown / "heads") == ["1-2.json", "1-3.json"]
    said = json.loads((grown / "heads" / "1-3.json").read_text("utf-8"))
    public = load_pem_public_key(said["public_key"].encode())
    assert isinstance(public, Ed25519PublicKey)
    public.verify(bytes.fromhex(said["signature"]), canonical.dumps(said["head"]).encode())
    assert said["head"]["size"] == 3


def test_a_worker_goes_on_where_the_last_one_stopped(grown):
    heads.export((0, 0))

    assert heads.exported() == (1, 3)
    assert heads.export(heads.exported()) == (1, 3)


def test_a_full_disk_keeps_nobody_from_signing_and_is_made_up_for(grown, monkeypatch):
    signing = worker.Heads()
    with monkeypatch.context() as full:
        full.setattr(durable, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
        signing.step(make.NOON)
    assert signing.exported == (0, 0)

    signing.step(make.NOON + timedelta(minutes=1))

    assert names(grown / "heads") == ["1-2.json", "1-3.json"]


def test_the_tree_is_signed_within_a_minute_and_not_at_every_turn(grown):
    team = make.Team()
    signing = worker.Heads()
    for second in range(60):
        loop.planned(team)
        now = make.NOON + timedelta(hours=1, seconds=second)
        store.seal(now)
        signing.step(now)

    moments = [head.at for head in Head.objects.filter(at__gte=make.NOON + timedelta(hours=1))]
    assert [(at - make.NOON).seconds - 3600 for at in moments] == [0, 20, 40]


def test_a_new_mirror_begins_with_the_newest_head_and_then_misses_none(grown, tmp_path):
    mirror = tmp_path / "mirror"
    mirrors = heads.Mirrors([str(mirror)])
    heads.export((0, 0))

    assert mirrors.turn() == []
    assert names(mirror) == ["1-3.json"]

    for minute in (2, 3):
        loop.planned(make.Team())
        store.seal(make.NOON)
        store.sign(make.NOON + timedelta(minutes=minute))
    heads.export(heads.exported())
    assert heads.Mirrors([str(mirror)]).turn() == []
    assert names(mirror) == ["1-3.json", "1-4.json", "1-5.json"]


class Received(BaseHTTPRequestHandler):
    status = 200
    bodies: list[bytes] = []

    def do_POST(self):
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    Received.status, Received.bodies = 200, []
    with HTTPServer(("127.0.0.1", 0), Received) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/heads?token=x"
        listening.shutdown()
        thread.join()


def test_a_mirror_that_fails_is_tried_again_and_does_not_hold_up_the_other(grown, server, tmp_path):
    heads.export((0, 0))
    mirrors = heads.Mirrors([server, str(tmp_path / "mirror")])
    Received.status = 503

    assert mirrors.turn() == [server]
    assert names(tmp_path / "mirror") == ["1-3.json"]

    Received.status = 200
    assert mirrors.turn() == []
    assert json.loads(Received.bodies[-1])["head"]["size"] == 3
    assert len(Received.bodies) == 2
    assert mirrors.turn() == []
    assert len(Received.bodies) == 2


@pytest.mark.parametrize("text", ["", "[]", '{"log": 1}', '{"log": 1, "size": "x", "root": ""}'])
def test_a_file_that_is_no_head_is_refused_by_name(tmp_path, text):
    path = tmp_path / "head.json"
    path.write_text(text)

    with pytest.raises(Refusal) as no:
        heads.read(path)

    assert (no.value.code, no.value.facts["file"]) == ("head-file-invalid", str(path))
