"""S2: every action, in every state, for every kind of post, held against `actions.csv`."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import ACTIONS, perform
from fengsui.platform.calls import Done
from fengsui.platform.ledger.models import Entry
from fengsui.platform.who import PostKind, Who
from tests import make
from tests.permissions import page
from tests.permissions.forms import FORMS, form_for
from tests.permissions.records import RECORDS, put, record_for
from tests.permissions.stage import Stage
from tests.permissions.table import ONLY, PLACES, ActionRow, action_rows
from tests.unwritten import refused

ROWS = action_rows()
ALLOWED = [row for row in ROWS if row.allowed]
# A time of its own where an action is about time.
AT = {"task.mark_overdue": make.NOON + timedelta(days=60)}
# How a creation says that its place is another's; a record elsewhere is simply not found.
ELSEWHERE = {
    "hazard.open_hazard": (),
    "inspection.plan_inspection": ("premises-unknown",),
    "inspection.start_reinspection": ("hazard-not-due",),
    "organisation.create_organisation": ("region-elsewhere",),
    "post.appoint": ("organisation-unknown",),
    "ticket.issue_ticket": ("user-unknown",),
    "organisation.enter_unit": ("region-elsewhere",),
    "premises.enter_premises": ("region-elsewhere",),
    "grid.enter_grid": ("region-elsewhere",),
    "household.enter_household": ("grid-unknown",),
    "premises.register_premises": ("region-elsewhere",),
    "building.register_building": ("region-elsewhere",),
    "claim_code.issue_claim_code": ("premises-not-here",),
    "key_declaration.declare_key": ("premises-not-yours",),
    "grid.open_grid": ("region-elsewhere",),
    "grid_assignment.assign_worker": ("grid-unknown",),
    "household.register_household": ("grid-unknown",),
}


def declared_rows() -> set[tuple[str, str]]:
    """The names only: each declared action with each state of its record."""
    return {
        (what, state)
        for what, declared in ACTIONS.items()
        for state in (["-"] if declared.creates else declared.of.lifecycle.states)
    }


def test_the_table_has_a_row_for_every_action_and_state_and_no_other():
    named = {(row.action, row.state) for row in ROWS}

    missing = [f"{action},{state},…" for action, state in sorted(declared_rows() - named)]
    surplus = [f"{action},{state},…" for action, state in sorted(named - declared_rows())]
    assert not missing, f"decide who may and type these rows into actions.csv: {missing}"
    assert not surplus, f"no such action or state; take these rows out of actions.csv: {surplus}"
    assert len(named) == len(ROWS), "a row stands twice in actions.csv"


def test_every_action_and_record_type_can_be_tried():
    unsaid = sorted(ACTIONS.keys() - FORMS.keys())
    unstaged = sorted({action.of.name for action in ACTIONS.values()} - RECORDS.keys())
    assert not unsaid, f"add the least valid form of {unsaid} to FORMS in forms.py"
    assert not unstaged, f"say in RECORDS of stage.py how a test gets a {unstaged}"
    assert {row.only for row in ROWS} <= ONLY, "`only` is none of table.ONLY"
    assert {row.place for row in ROWS} <= PLACES, "`place` is none of table.PLACES"


def test_the_readable_table_is_current():
    assert page.PAGE.read_text("utf-8") == page.whole(), "run python -m tests.permissions.render"


def try_it(action: str, record: Any, who: Who, form: Any) -> Done:
    """Perform for real; what happens only inside another action is performed as inside one."""
    declared = ACTIONS[action]
    at = AT.get(action, make.NOON)
    call = make.call(who, at=at, received_at=at)
    with transaction.atomic():
        if declared.inner:
            call = call.child()
        return perform(declared, record.id if record else None, call, form)


def may(action: str, record: Any, who: Who) -> bool:
    try:
        ACTIONS[action].check(record, who)
    except Refusal:
        return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("action", sorted({row.action for row in ROWS}))
def test_every_cell_is_decided_as_the_table_says(action):
    stage = Stage()
    rows = [row for row in ROWS if row.action == action]
    record = record_for(stage, action, next((row.state for row in rows if row.allowed), "-"))

    decided = {}
    for row in rows:
        if record is not None:
            record.state = row.state
        for kind in PostKind:
            who = stage.right(kind, row.only, record)
            decided[row.state, kind.value] = may(action, record, who)

    typed = {(row.state, kind): cell for row in rows for kind, cell in row.cells.items()}
    wrong = {cell: said for cell, said in decided.items() if said != typed[cell]}
    assert not wrong, f"{action} decides otherwise than actions.csv: {wrong}"


@pytest.mark.django_db
@pytest.mark.parametrize("row", ALLOWED, ids=lambda row: f"{row.action}-{row.state}")
def test_whoever_may_does_it_and_the_ledger_says_so(row: ActionRow):
    stage = Stage()
    record = record_for(stage, row.action, row.state)
    who = stage.right(row.allowed[0], row.only, record)
    form = form_for(stage, row.action, record)

    done = try_it(row.action, record, who, form)

    assert Entry.objects.get(id=done.entry).what == row.action
    assert Entry.objects.get(id=done.entry).record_id == done.record
    assert record is None or done.record == record.id


def first_allowed(action: str) -> ActionRow:
    return next(row for row in ALLOWED if row.action == action)


@pytest.mark.django_db
@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_every_kind_of_refusal_writes_nothing(action):
    stage = Stage()
    row = first_allowed(action)
    record = record_for(stage, action, row.state)
    form = form_for(stage, action, record)
    right = stage.right(row.allowed[0], row.only, record)

    for kind in PostKind:
        if not row.cells[kind]:
            other = stage.right(kind, row.only, record)
            with refused("forbidden", "not-found"):
                try_it(action, record, other, form)
    if not row.place.startswith("every"):
        codes = ("not-found",) if record is not None else ELSEWHERE.get(action, ())
        refuse_elsewhere(action, row, record, stage, form, codes)
    if row.only:
        wrong = stage.wrong(row.allowed[0], row.only)
        with refused():
            try_it(action, record, wrong, form)
    refuse_other_states(action, record, right, form)


def refuse_elsewhere(action, row, record, stage, form, codes) -> None:
    """Somebody in the same post elsewhere; a creation in one's own name has no elsewhere."""
    if record is None and row.place == "own post":
        return
    if (
        action == "hazard.open_hazard"
    ):  # it happens inside the confirmation, which asks for the place
        return
    stranger = stage.third if row.place == "own post" else stage.stranger(row.allowed[0])
    with refused(*codes):
        try_it(action, record, stranger, form)


def refuse_other_states(action, record, right, form) -> None:
    """States in which nobody may."""
    for row in ROWS:
        if row.action == action and row.state != "-" and not row.allowed:
            moved = put(record, row.state)
            with refused():
                try_it(action, moved, right, form)
