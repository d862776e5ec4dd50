"""Many rows, one call: one entry whose root covers every row, and nothing half done."""

import hashlib
import json

import pytest

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.actions import NewOrganisation, Why, close_organisation
from fengsui.platform.accounts.actions import create_organisation as create
from fengsui.platform.accounts.models import Organisation, OrganisationKind
from fengsui.platform.actions import perform, perform_many
from fengsui.platform.calls import Nothing
from fengsui.platform.ledger.models import Entry, EntryRow
from fengsui.platform.ledger.queries import timeline
from fengsui.platform.who import PostKind
from fengsui.supervision.actions.settlement import pass_reinspection
from tests import make
from tests.supervision import loop
from tests.unwritten import refused

pytestmark = pytest.mark.django_db
THOUSAND = [
    (None, NewOrganisation(name=f"单位{n}", kind=OrganisationKind.UNIT, region="150502001000"))
    for n in range(1_000)
]


def merkle(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, as it stands there."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + merkle(leaves[:split]) + merkle(leaves[split:])).digest()


def leaf(row: EntryRow) -> bytes:
    named = [row.row_type, str(row.row_id), row.version, bytes(row.digest).hex()]
    return json.dumps(named, separators=(",", ":")).encode()


def test_a_thousand_rows_leave_one_entry_whose_root_covers_them_all():
    done = perform_many(create, THOUSAND, make.call())

    entry = Entry.objects.get()
    rows = list(EntryRow.objects.order_by("ordinal"))
    assert done.result == {"count": 1_000}
    assert {row.row_id for row in rows} == set(Organisation.objects.values_list("id", flat=True))
    said = json.loads(entry.body)
    assert said["many"] == {"type": "organisation", "count": 1_000}
    assert said["rows"] == {"count": 1_000, "root": merkle([leaf(row) for row in rows]).hex()}


def test_what_was_entered_with_others_knows_its_entry_and_none_of_theirs():
    first, second = new_id(), new_id()
    perform_many(create, [(first, THOUSAND[0][1]), (None, THOUSAND[1][1])], make.call())
    perform_many(create, [(second, THOUSAND[2][1])], make.call())
    keeper = make.call(make.who(PostKind.SECURITY_ADMIN))
    perform(close_organisation, first, keeper, Why(reason="已停业"))

    assert [entry["what"].split(".")[1] for entry in timeline(first)] == [
        "close_organisation",
        "create_organisation",
    ]
    assert len(timeline(second)) == 1


def test_a_refusal_in_row_five_hundred_writes_nothing():
    """An officer registers units; the one agency among them stops all."""
    officer = make.who(PostKind.SUPERVISOR)
    rows = list(THOUSAND)
    rows[499] = (
        None,
        NewOrganisation(name="某大队", kind=OrganisationKind.BRIGADE, region="150502001000"),
    )

    with refused("only-units"):
        perform_many(create, rows, make.call(officer))


def test_a_key_used_again_gives_the_first_result_and_other_rows_are_refused():
    first = perform_many(create, THOUSAND[:3], make.call(key="k"))

    again = perform_many(create, THOUSAND[:3], make.call(key="k"))

    assert (again.entry, again.result, again.replayed) == (first.entry, {"count": 3}, True)
    with refused("key-reused"):
        perform_many(create, THOUSAND[:2], make.call(key="k"))


def test_changes_of_many_records_are_swaps_each():
    keeper = make.who(PostKind.SECURITY_ADMIN)
    units = [make.organisation(kind="unit") for _ in range(3)]

    perform_many(
        close_organisation, [(unit, Why(reason="注销")) for unit in units], make.call(keeper)
    )

    closed = Organisation.objects.filter(id__in=[unit.id for unit in units])
    assert set(closed.values_list("state", "version")) == {("closed", 2)}


def test_one_record_hidden_from_the_caller_hides_the_whole_call():
    keeper = make.who(PostKind.SECURITY_ADMIN)
    unit = make.organisation(kind="unit")
    from_nowhere = make.premises().id

    with refused("not-found"):
        rows = [(unit.id, Why(reason="注销")), (from_nowhere, Why(reason="注销"))]
        perform_many(close_organisation, rows, make.call(keeper))


def test_a_row_without_its_record_and_a_creation_with_one_are_refused():
    keeper = make.who(PostKind.SECURITY_ADMIN)
    unit = make.organisation(kind="unit")

    with refused("not-found"):
        perform_many(close_organisation, [(None, Why(reason="注销"))], make.call(keeper))
    with refused("id-taken"):
        perform_many(create, [(unit.id, THOUSAND[0][1])], make.call(keeper))


def test_what_happens_only_inside_another_action_does_not_happen_in_bulk_either():
    team = make.Team()
    record = loop.served(team)

    with refused("inner-only"):
        perform_many(pass_reinspection, [(record.id, Nothing())], loop.call(team.lead))


def test_the_same_record_twice_in_one_call_is_refused():
    keeper = make.who(PostKind.SECURITY_ADMIN)
    unit = make.organisation(kind="unit")
    twice = [(unit.id, Why(reason="注销")), (unit.id, Why(reason="注销"))]

    with pytest.raises(Refusal, match="illegal-move"):
        perform_many(close_organisation, twice, make.call(keeper))
