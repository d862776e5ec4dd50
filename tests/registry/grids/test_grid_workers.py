"""A grid worker sees the households of the grids he walks, and no others; officers see their region."""

import json

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.actions import Leave, end_post, go_on_leave
from fengsui.platform.accounts.actions.organisations import Why as Leaving
from fengsui.platform.accounts.queries import usable_posts, who_of
from fengsui.platform.actions import perform
from fengsui.platform.ledger.models import Entry
from fengsui.platform.who import PostKind
from fengsui.registry.grids.access import assignments_for, grids_for, households_for
from fengsui.registry.grids.actions import amend_household, end_assignment
from fengsui.registry.grids.actions.forms import Amendment
from fengsui.registry.grids.actions.grids import Why
from fengsui.registry.grids.handlers import HANDLERS
from fengsui.registry.grids.models import Assignment
from tests import make
from tests.registry.grids.steps import Township, acting, call, days
from tests.unwritten import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Township()


def test_a_worker_sees_his_own_grids_households_and_nobody_elses(town):
    own, other = town.grid("01"), town.grid("02")
    mine, theirs = town.household(own), town.household(other)
    worker = town.worker()
    town.assign(own, worker)

    who = acting(worker)

    assert list(grids_for(who)) == [own]
    assert list(households_for(who)) == [mine]
    with refused("not-found"):
        perform(amend_household, theirs.id, call(who), Amendment(kinds=("空巢老人",)))


def test_a_worker_registers_in_his_own_grid_only(town):
    own, other = town.grid("01"), town.grid("02")
    worker = town.worker()
    town.assign(own, worker)

    assert town.household(own, by=acting(worker)).grid == own
    with refused("grid-unknown"):
        town.household(other, by=acting(worker))


def test_when_an_assignment_ends_the_households_are_gone_from_sight_and_the_past_is_kept(town):
    grid, worker = town.grid("01"), town.worker()
    town.household(grid)
    given = town.assign(grid, worker)

    perform(end_assignment, given, call(town.officer, days(30)), Why(reason="轮换"))

    who = acting(worker)
    assert not grids_for(who).exists()
    assert not households_for(who).exists()
    row = assignments_for(who).get()
    assert (row.state, row.from_on, row.until_on) == (
        "ended",
        days(0).date(),
        days(30).date(),
    )


def test_a_deputy_walks_the_grids_of_the_post_he_fills(town):
    grid, worker = town.grid("01"), town.worker()
    town.household(grid)
    town.assign(grid, worker)
    deputy = town.worker("代班网格员")
    form = Leave(deputy=deputy.user.username, until=days(5).date())
    perform(go_on_leave, worker.id, call(acting(worker)), form)

    lent = next(post for post, is_lent in usable_posts(deputy.user_id, days(1).date()) if is_lent)

    assert households_for(who_of(lent, worker.user.name, deputy.user.name)).count() == 1
    assert not households_for(acting(deputy)).exists()


def test_who_leaves_his_post_walks_no_grid_any_more(town):
    grid, worker = town.grid("01"), town.worker()
    town.assign(grid, worker)
    keeper = make.who(PostKind.SECURITY_ADMIN)
    done = perform(end_post, worker.id, call(keeper), Leaving(reason="调离"))
    news = json.loads(Entry.objects.get(id=done.entry).body)

    for _twice in range(2):
        HANDLERS["post.end_post"](news)

    row = Assignment.objects.get()
    assert (row.state, row.until_on) == ("ended", days(0).date())


def test_only_a_grid_worker_whose_region_holds_the_grid_is_assigned_and_only_once(town):
    grid, worker = town.grid("01"), town.worker()
    abroad = make.organisation(kind="township", region="150523100000")
    stranger = make.post(PostKind.GRID_WORKER, organisation=abroad)
    officer = make.post(organisation=make.organisation())
    town.assign(grid, worker)

    for post in (stranger, officer):
        with refused("worker-unknown"):
            town.assign(grid, post)
    with refused("worker-there-already"):
        town.assign(grid, worker)


@pytest.mark.parametrize(
    "kind",
    [
        PostKind.PREMISES_MANAGER,
        PostKind.SYSTEM_ADMIN,
        PostKind.SECURITY_ADMIN,
        PostKind.AUDIT_ADMIN,
        PostKind.PUBLIC,
        PostKind.DEVICE,
        PostKind.CLOCK,
    ],
)
def test_nobody_else_sees_a_household(town, kind):
    town.household(town.grid("01"))
    holder = kind in {PostKind.PUBLIC, PostKind.DEVICE, PostKind.CLOCK}
    who = make.call().who if holder else make.who(kind)

    assert not households_for(who).exists()


def test_an_officer_sees_the_households_of_his_county_and_of_no_other(town):
    town.household(town.grid("01"))
    stranger = make.who(organisation=make.organisation(region="150523000000"))

    assert households_for(town.officer).count() == 1
    assert not households_for(stranger).exists()


def test_a_refusal_names_the_place_and_the_remedy(town):
    grid = town.grid("01")

    with pytest.raises(Refusal) as no:
        town.assign(grid, make.post(organisation=make.organisation()))

    assert no.value.code == "worker-unknown"
