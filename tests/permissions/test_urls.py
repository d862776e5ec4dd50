"""S1: every address, for every kind of post, in every place, held against `urls.csv`."""

from typing import Any

import pytest
from django.utils import timezone

from fengsui.kernel.refusal import Refusal
from fengsui.platform import tls
from fengsui.platform.actions import ACTIONS
from fengsui.platform.health.store import beat
from fengsui.platform.who import ADMINISTRATORS, PostKind, Who
from fengsui.web.doors import Answer, decide
from tests.permissions.addresses import addresses, arguments, path_of, sees
from tests.permissions.asking import status_of, visitor
from tests.permissions.stage import Stage
from tests.permissions.table import ANSWERS, NOBODY, PEOPLE, PLACES, UrlRow, url_rows
from tests.permissions.world import World

ROWS = url_rows()
BOUNDED = [row for row in ROWS if row.record and row.place.startswith("own")]
# The description of the interface is served by its library, which takes any method for GET.
DESCRIPTION = {"api-v1:api-root", "api-v1:openapi-json", "api-v1:openapi-view"}
VIEWS = [row for row in ROWS if row.name not in DESCRIPTION]
DOORS = [row for row in ROWS if row.gate == "door"]


def of_actions() -> set[str]:
    """The interface's addresses of actions: actions.csv decides them, test_interface.py asks."""
    return {f"api-v1:{what}{part}" for what in ACTIONS for part in ("", ".form")}


def label(row: UrlRow) -> str:
    return f"{row.method}-{row.name}-{row.arguments}"


def test_the_table_has_a_row_for_every_address_and_no_other():
    named = {row.name for row in ROWS}
    asked = [(row.name, row.method, row.arguments) for row in ROWS]
    missing = sorted(addresses().keys() - named - of_actions())
    surplus = sorted(named - addresses().keys())

    assert not missing, f"decide who may open them and type rows into urls.csv for: {missing}"
    assert not surplus, f"no such address; take out of urls.csv: {surplus}"
    assert len(asked) == len(set(asked)), "a call stands twice in urls.csv"


def test_the_table_uses_its_own_words():
    assert {cell for row in ROWS for cell in row.cells.values()} <= ANSWERS
    assert {row.place for row in ROWS} <= PLACES
    assert {row.gate for row in ROWS} <= {"door", "page", "api"}


@pytest.fixture
def world(db, monkeypatch, tmp_path):
    """A served order with its visit, its paper and a file; a house that is well and has HTTPS."""
    authority = tmp_path / "ca.crt"
    authority.write_text("a certificate")
    monkeypatch.setattr(tls, "authority_path", lambda: authority)
    beat("worker@a:1", timezone.now())
    return World(Stage())


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
def test_every_cell_is_decided_as_the_table_says(row, world):
    said = {
        kind: decided(row, None if kind == NOBODY else world.stage.who(kind), world)
        for kind in row.cells
    }

    assert said == row.cells


def answered(row: UrlRow, who: Who | None, world: dict[str, Any], method: str = "") -> int:
    """The status of a real request of `who`."""
    path = path_of(addresses()[row.name], arguments(row, world))
    return status_of(who, method or row.method, path)


def fits(status: int, cell: str) -> bool:
    """Whether a status is what a cell means; an allowed call may still lack its form."""
    wanted = {"forbidden": {403}, "hidden": {404}, "sign_in": {401}}
    return status in wanted[cell] if cell in wanted else status < 400 or status in (400, 422)


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_real_requests_get_what_the_table_says(row, world):
    said = {}
    for kind in (*PEOPLE, NOBODY):
        who = None if kind == NOBODY else world.stage.who(kind)
        said[kind] = answered(row, who, world)

    wrong = {
        who: (row.cells[who], got) for who, got in said.items() if not fits(got, row.cells[who])
    }
    assert not wrong, f"{row.name}: (table, status) {wrong}"


@pytest.mark.parametrize("row", BOUNDED, ids=label)
def test_a_record_of_another_place_is_not_there(row, world):
    """The same kinds of post, in another county or another unit: 404, as for a record that never was.

    The administrators keep the whole house.
    """
    bounded = [kind for kind in PEOPLE if row.cells[kind] == "allow" and kind not in ADMINISTRATORS]

    said = {kind: answered(row, world.stage.stranger(kind), world) for kind in bounded}

    assert said == dict.fromkeys(bounded, 404)


@pytest.mark.parametrize("row", VIEWS, ids=label)
def test_a_method_that_an_address_does_not_know_is_refused(row, world):
    inside = [kind for cell in ("allow", "hidden") for kind in PEOPLE if row.cells[kind] == cell]
    who = world.stage.who(inside[0]) if inside else None

    assert answered(row, who, world, "TRACE") == 405


def test_a_post_that_ended_opens_nothing_from_that_moment(world):
    row = next(row for row in ROWS if row.name == "desk:hazard")
    lead = world.stage.lead
    assert answered(row, lead, world) == 200

    world.stage.lead_post.state = "ended"
    world.stage.lead_post.save()

    # Signed in, but in no post: sent to choose one.
    assert answered(row, lead, world) == 302


def test_a_list_of_another_place_is_empty(world):
    stranger = world.stage.stranger(PostKind.SUPERVISOR)
    client = visitor(stranger)

    for path in ("/desk/premises/", "/desk/hazards/", "/desk/inspections/"):
        assert world["hazard"].number not in client.get(path).content.decode()
        assert world["premises"].name not in client.get(path).content.decode()
