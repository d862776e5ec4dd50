"""S1: every address, for every kind of post, in every place, held against `urls.csv`."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import User
from fengsui.platform.actions import ACTIONS
from fengsui.platform.documents.models import Document
from fengsui.platform.files.models import Attachment, StoredFile
from fengsui.platform.files.store import keep
from fengsui.platform.who import PostKind, Who
from fengsui.web.doors import Answer, decide
from tests import make
from tests.permissions.addresses import addresses, arguments, path_of, sees
from tests.permissions.stage import Stage
from tests.permissions.table import ANSWERS, NOBODY, PEOPLE, PLACES, UrlRow, url_rows
from tests.supervision import loop

ROWS = url_rows()
PICTURE = b"%PDF-1.4 a file that an officer attached"
BOUNDED = [row for row in ROWS if row.record and row.place.startswith("own")]
DOORS = [row for row in ROWS if row.gate == "door"]


def label(row: UrlRow) -> str:
    return f"{row.method}-{row.name}"


def test_the_table_has_a_row_for_every_address_and_no_other():
    named = {row.name for row in ROWS}
    asked = [(row.name, row.method, row.arguments) for row in ROWS]
    missing = sorted(addresses().keys() - named)
    surplus = sorted(named - addresses().keys())

    assert not missing, f"decide who may open them and type rows into urls.csv for: {missing}"
    assert not surplus, f"no such address; take out of urls.csv: {surplus}"
    assert len(asked) == len(set(asked)), "a call stands twice in urls.csv"


def test_the_table_uses_its_own_words():
    assert {cell for row in ROWS for cell in row.cells.values()} <= ANSWERS
    assert {row.place for row in ROWS} <= PLACES
    assert {row.gate for row in ROWS} <= {"door", "api"}


@dataclass
class Scene:
    stage: Stage
    world: dict[str, Any]


@pytest.fixture
def scene(db):
    """A served order with its visit, its paper and a file, and somebody in each kind of post."""
    stage = Stage()
    hazard = loop.served(stage)
    return Scene(
        stage,
        {
            "premises": stage.premises,
            "inspection": hazard.inspection,
            "hazard": hazard,
            "document": Document.objects.get(about_id=hazard.id),
            "file": attached(hazard),
        },
    )


def attached(hazard) -> StoredFile:
    file = StoredFile.objects.create(
        at=make.NOON,
        by_name="王海峰",
        sha256=keep(PICTURE),
        size=len(PICTURE),
        media_type="application/pdf",
        name="现场.pdf",
    )
    Attachment.objects.create(
        file=file,
        sha256=file.sha256,
        about_type="hazard",
        about_id=hazard.id,
        at=make.NOON,
        by_name="王海峰",
        entry_id=hazard.entry_id,
    )
    return file


def decided(row: UrlRow, who: Who | None, world: dict[str, Any]) -> str:
    """Door, then record, then (where the address names an action) the action's own check."""
    said = decide(who, addresses()[row.name].view)
    if said != Answer.ALLOW or who is None:
        return said.value
    if not sees(row, who, world):
        return "hidden"
    what = arguments(row, world).get("what")
    try:
        if what:
            ACTIONS[what].check(world.get(row.record), who)
    except Refusal:
        return "forbidden"
    return "allow"


@pytest.mark.parametrize("row", DOORS, ids=label)
def test_every_cell_is_decided_as_the_table_says(row, scene):
    said = {
        visitor: decided(row, None if visitor == NOBODY else scene.stage.who(visitor), scene.world)
        for visitor in row.cells
    }

    assert said == row.cells


def visitor(who: Who | None) -> Client:
    """The browser of `who`, signed in in the one post they hold; the API takes the same session."""
    client = Client(raise_request_exception=False)
    if who is not None:
        holder = User.objects.get(id__in=[who.user_id])
        client.force_login(holder, "django.contrib.auth.backends.ModelBackend")
    return client


def answered(row: UrlRow, who: Who | None, world: dict[str, Any], method: str = "") -> int:
    """The status of a real request of `who`; being sent to the sign-in counts as 401."""
    path = path_of(addresses()[row.name], arguments(row, world))
    response = visitor(who).generic(method or row.method, path)
    sent_away = response.headers.get("Location", "").startswith("/sign-in?")
    return 401 if sent_away else response.status_code


def fits(status: int, cell: str) -> bool:
    """Whether a status is what a cell means; an allowed call may still lack its form."""
    wanted = {"forbidden": {403}, "hidden": {404}, "sign_in": {401}}
    return status in wanted[cell] if cell in wanted else status < 400 or status in (400, 422)


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_real_requests_get_what_the_table_says(row, scene):
    said = {}
    for visitor in (*PEOPLE, NOBODY):
        who = None if visitor == NOBODY else scene.stage.who(visitor)
        said[visitor] = answered(row, who, scene.world)

    wrong = {
        who: (row.cells[who], got) for who, got in said.items() if not fits(got, row.cells[who])
    }
    assert not wrong, f"{row.name}: (table, status) {wrong}"


@pytest.mark.parametrize("row", BOUNDED, ids=label)
def test_a_record_of_another_place_is_not_there(row, scene):
    """The same kinds of post, in another county or another unit: 404, as for a record that never was."""
    bounded = [kind for kind in PEOPLE if row.cells[kind] == "allow"]

    said = {kind: answered(row, scene.stage.stranger(kind), scene.world) for kind in bounded}

    assert said == dict.fromkeys(bounded, 404)


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_a_method_that_an_address_does_not_know_is_refused(row, scene):
    visitor = next(kind for kind in PEOPLE if row.cells[kind] == "allow")

    assert answered(row, scene.stage.who(visitor), scene.world, "TRACE") == 405


def test_a_post_that_ended_opens_nothing_from_that_moment(scene):
    row = next(row for row in ROWS if row.name == "desk:hazard")
    lead = scene.stage.lead
    assert answered(row, lead, scene.world) == 200

    scene.stage.lead_post.state = "ended"
    scene.stage.lead_post.save()

    # Signed in, but in no post: sent to choose one.
    assert answered(row, lead, scene.world) == 302


def test_a_list_of_another_place_is_empty(scene):
    stranger = scene.stage.stranger(PostKind.SUPERVISOR)
    client = visitor(stranger)

    for path in ("/desk/premises/", "/desk/hazards/", "/desk/inspections/"):
        assert scene.world["hazard"].number not in client.get(path).content.decode()
        assert scene.world["premises"].name not in client.get(path).content.decode()
