"""The interface's addresses of actions, held against `actions.csv`: no second table says who may."""

import pytest

from fengsui.platform.actions import ACTIONS
from tests.permissions.addresses import addresses
from tests.permissions.asking import status_of
from tests.permissions.records import record_for
from tests.permissions.stage import Stage
from tests.permissions.table import PEOPLE, action_rows

pytestmark = pytest.mark.django_db
OPEN = {row.action: row for row in reversed(action_rows()) if row.allowed}
OFFERED = sorted(what for what in OPEN if f"api-v1:{what}" in addresses())


def path_to(what, record):
    route = addresses()[f"api-v1:{what}"].route
    return route.replace("<uuidstr:record_id>", str(record.id) if record else "")


def test_what_a_person_may_do_alone_has_an_address_and_nothing_else():
    alone = {
        what
        for what, row in OPEN.items()
        if not ACTIONS[what].inner and set(row.allowed) & set(PEOPLE)
    }

    assert set(OFFERED) == alone


@pytest.mark.parametrize("what", OFFERED)
def test_a_form_is_given_to_whom_the_table_allows_and_to_nobody_else(what):
    stage, row = Stage(), OPEN[what]
    record = record_for(stage, what, row.state)
    path = path_to(what, record)
    right = stage.right(row.allowed[0], row.only, record)
    others = [kind for kind in PEOPLE if not row.cells[kind]]

    refused = {kind: status_of(stage.who(kind), "GET", path) for kind in others}

    assert {kind: got for kind, got in refused.items() if got not in (403, 404)} == {}
    assert status_of(right, "GET", path) == 200
    assert status_of(None, "GET", path) == 401
    assert status_of(None, "POST", path) == 401
