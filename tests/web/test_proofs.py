"""Anybody can check the log from outside: heads, growth between two, the place of one entry."""

import pytest

from fengsui.kernel import merkle
from fengsui.kernel.ids import new_id
from fengsui.platform.ledger import store
from fengsui.platform.ledger.models import Entry, Leaf
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db


@pytest.fixture
def sizes():
    """Two heads; their sizes."""
    team = make.Team()
    made = []
    for _ in range(2):
        loop.planned(team)
        store.seal(make.NOON)
        store.sign(make.NOON)
        made.append(Leaf.objects.count())
    return made


def hexed(steps):
    return [bytes.fromhex(step) for step in steps]


def test_heads_come_with_signature_and_key_the_newest_first(client, sizes):
    said = client.get("/transparency/heads").json()

    assert [head["head"]["size"] for head in said] == sizes[::-1]
    assert all(len(bytes.fromhex(head["signature"])) == 64 for head in said)
    assert all(head["public_key"].startswith("-----BEGIN PUBLIC KEY") for head in said)


def test_growth_between_two_heads_can_be_checked(client, sizes):
    old, new = sizes

    said = client.get(f"/transparency/consistency?from={old}&to={new}").json()

    was, now = hexed([said["from"]["head"]["root"], said["to"]["head"]["root"]])
    assert merkle.verify_consistency(old, new, was, now, hexed(said["path"]))


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("from=1&to=77", 404, "head-unknown"),
        ("from=2&to=1", 422, "heads-reversed"),
        ("", 404, "head-unknown"),
        ("from=x&to=-1", 404, "head-unknown"),
        ("from=1&to=" + "9" * 40, 422, "heads-reversed"),
    ],
)
def test_a_question_without_an_answer_says_why(client, sizes, query, status, code):
    answer = client.get(f"/transparency/consistency?{query}")

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_place_of_an_entry_is_proved_without_a_word_of_it(client, sizes):
    entry = Leaf.objects.get(index=0).entry
    where = f"/transparency/proof/{entry.id}"

    said = client.get(f"{where}.json").json()
    page = client.get(where)

    leaf = merkle.leaf_hash(bytes.fromhex(said["digest"]))
    root, size = bytes.fromhex(said["head"]["root"]), said["head"]["size"]
    assert merkle.verify_inclusion(leaf, said["index"], size, hexed(said["path"]), root)
    assert set(said) == {
        "entry",
        "digest",
        "log",
        "index",
        "path",
        "head",
        "signature",
        "public_key",
    }
    assert page.status_code == 200
    assert said["head"]["root"] in page.content.decode()
    assert entry.what not in page.content.decode()


def test_an_entry_that_is_not_there_is_said(client):
    answer = client.get(f"/transparency/proof/{new_id()}")

    assert answer.status_code == 404
    assert "台账中没有记录" in answer.content.decode()


def test_an_entry_that_is_not_sealed_yet_is_said(client):
    loop.planned(make.Team())
    entry = Entry.objects.latest("id")

    answer = client.get(f"/transparency/proof/{entry.id}")

    assert answer.status_code == 409
    assert "还没有封存" in answer.content.decode()
