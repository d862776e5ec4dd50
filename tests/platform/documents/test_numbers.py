"""Numbers: each one given is used, held by a named block, or void with its reason; none twice."""

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.actions import perform
from fengsui.platform.documents import store
from fengsui.platform.documents.actions import Reason, Wanted, annul, return_block, take_block
from fengsui.platform.documents.kinds import DOCUMENT_KINDS
from fengsui.platform.documents.models import Document, NumberBlock
from fengsui.platform.documents.queries import numbers_of, unaccounted, void_numbers
from fengsui.supervision.actions import hazard
from tests import make
from tests.platform.documents.numbering import KIND, STEPS, Office
from tests.supervision import loop

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]


@pytest.fixture
def office(monkeypatch):
    monkeypatch.setitem(DOCUMENT_KINDS, KIND, DOCUMENT_KINDS[KIND])
    return Office(make.NOON)


def block_of(office, count=3, person=0):
    who = office.people[person]
    done = perform(take_block, None, office.call(who), Wanted(kind=KIND, count=count))
    return NumberBlock.objects.get(id=done.made)


def refused(code, run):
    before = (Document.objects.count(), NumberBlock.objects.filter(state="held").count())
    with pytest.raises(Refusal) as no:
        run()
    assert no.value.code == code
    assert (Document.objects.count(), NumberBlock.objects.filter(state="held").count()) == before


def test_a_paper_takes_the_number_that_the_phone_gave(office):
    block_of(office)
    office.issue(office.people[0], 0, {KIND: 2})

    assert Document.objects.get().number == "科区消即字〔2026〕第0002号"


def test_a_whole_action_takes_the_number_that_the_phone_gave():
    team = make.Team()
    take = Wanted(kind="rectification-order", count=5)
    perform(take_block, None, loop.call(team.lead), take)
    found = loop.found(team)
    form = hazard.Order(days=15, reason="需要采购并更换逃生门锁")

    call = loop.call(team.lead, numbers={"rectification-order": 4})
    perform(hazard.order_rectification, found.id, call, form)

    assert Document.objects.get(kind="rectification-order").sequence == 4
    assert unaccounted() == []


def test_a_number_of_another_ones_block_is_refused(office):
    block_of(office)
    refused("number-not-held", lambda: office.issue(office.people[1], 0, {KIND: 2}))


def test_a_number_outside_every_block_is_refused(office):
    block_of(office)
    refused("number-not-held", lambda: office.issue(office.people[0], 0, {KIND: 9}))


def test_a_number_is_used_once(office):
    block_of(office)
    office.issue(office.people[0], 0, {KIND: 2})
    refused("number-not-held", lambda: office.issue(office.people[0], 0, {KIND: 2}))


def test_a_number_of_a_returned_block_is_refused(office):
    block = block_of(office)
    perform(return_block, block.id, office.call(office.people[0]), Reason(reason="手机更换"))
    refused("number-not-held", lambda: office.issue(office.people[0], 0, {KIND: 2}))


def test_what_a_returned_block_did_not_use_is_void_with_the_reason(office):
    block = block_of(office)
    office.issue(office.people[0], 0, {KIND: 2})

    done = perform(return_block, block.id, office.call(office.people[0]), Reason(reason="手机更换"))

    assert done.result["void"] == [1, 3]
    assert void_numbers(office.agency.id, KIND, 2026) == [(1, "手机更换"), (3, "手机更换")]
    assert unaccounted() == []


def test_an_annulled_paper_keeps_its_number_and_says_why(office):
    office.issue(office.people[0], 0)
    paper = Document.objects.get()

    perform(annul, paper.id, office.call(office.head).child(), Reason(reason="当事人名称有误"))

    assert void_numbers(office.agency.id, KIND, 2026) == [(1, "当事人名称有误")]
    office.issue(office.people[0], 0)
    assert Document.objects.latest("sequence").sequence == 2


def test_the_head_returns_the_block_of_a_lost_phone(office):
    block = block_of(office)

    perform(return_block, block.id, office.call(office.head), Reason(reason="手机丢失"))

    assert unaccounted() == []


def test_a_second_block_is_given_when_the_first_is_used_up(office):
    block_of(office, count=1)
    refused("block-held-already", lambda: block_of(office, count=1))
    office.issue(office.people[0], 0, {KIND: 1})

    assert block_of(office, count=1).first == 2


def test_a_new_year_begins_a_new_series_and_the_old_block_ends_with_its_year(office):
    office.at = datetime(2026, 12, 31, 18, tzinfo=make.CHINA)
    block_of(office)
    office.at += timedelta(days=1)

    refused("number-not-held", lambda: office.issue(office.people[0], 0, {KIND: 1}))
    office.issue(office.people[0], 0)
    assert Document.objects.get().number == "科区消即字〔2027〕第0001号"
    assert block_of(office).year == 2027


def test_a_number_that_is_missing_or_doubled_is_found(office):
    store.take(office.agency.id, KIND, 2026, 2)
    office.issue(office.people[0], 0)
    block = block_of(office)
    NumberBlock.objects.filter(id=block.id).update(void=[4], state="held")

    (series,) = unaccounted()

    assert (series.missing, series.doubled) == ([1, 2], [4])


def test_a_local_rule_writes_the_number_another_way(office, settings):
    """顺(一)消行罚决字〔2023〕第100127号: six digits, the sub-unit in the agency's own word."""
    local = Path(settings.HOME) / "rules"
    local.mkdir(exist_ok=True)
    (local / "numbers.yaml").write_text(
        """rules:
  - {type: value, id: DOC-NUMBER, title: 文号格式, source: 本地规定, tag: D, effective_from: 2020-01-01, region: "1505", text: 旗县大队用六位,
     value: {template: "{agency}消({kind})〔{year}〕第{seq:04d}号", brigade: "{agency}消{kind}字〔{year}〕第{seq:06d}号"}}
""",
        "utf-8",
    )
    rules.rulebook.cache_clear()
    office.agency.word = "顺(一)"
    kind, on = DOCUMENT_KINDS[KIND], make.NOON.date()
    try:
        brigade = store.number_text(office.agency, kind, 2026, 100127, on)
        office.agency.kind = "detachment"
        detachment = store.number_text(office.agency, kind, 2026, 7, on)
    finally:
        (local / "numbers.yaml").unlink()
        rules.rulebook.cache_clear()

    assert brigade == "顺(一)消即字〔2026〕第100127号"
    assert detachment == "顺(一)消(即)〔2026〕第0007号"


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 3), st.integers(0, 99)), max_size=25
    )
)
def test_in_whatever_order_no_number_is_missing_or_doubled(office, steps):
    with transaction.atomic():
        for step in steps:
            office.step(*step)
        numbers = numbers_of(office.agency.id, KIND, 2026)
        transaction.set_rollback(True)

    assert (numbers.missing, numbers.doubled) == ([], [])


@contextmanager
def database_of_its_own(home):
    """The address of an empty database of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{home}/fengsui.sqlite3"
        return
    name = f"numbers_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield os.environ["FENGSUI_DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_four_at_once_leave_no_number_missing_or_doubled(tmp_path):
    with database_of_its_own(tmp_path) as url:
        environment = {
            **os.environ,
            "FENGSUI_HOME": str(tmp_path),
            "FENGSUI_DATABASE_URL": url,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        command = [sys.executable, "-m", "tests.platform.documents.numbering", "7"]
        said = subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )

    assert said.stdout.strip() == "[] [] []", said.stderr


def plain_read(block_id):
    """The block without its lock: what the control runs with."""
    return NumberBlock.objects.filter(id=block_id, state="held").first()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("read", "doubled"), [(store.held_block, []), (plain_read, [2])])
def test_a_number_used_while_its_block_is_returned_is_not_void(office, monkeypatch, read, doubled):
    """SQLite has one writer: there is nothing to interleave. The control without the lock doubles."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    monkeypatch.setattr(store, "held_block", read)
    block, used, go = block_of(office), Event(), Event()

    def use():
        with transaction.atomic():
            office.issue(office.people[0], 0, {KIND: 2})
            used.set()
            go.wait(0.5)
        connection.close()

    using = Thread(target=use)
    using.start()
    used.wait(5)
    perform(return_block, block.id, office.call(office.people[0]), Reason(reason="手机更换"))
    go.set()
    using.join()

    assert numbers_of(office.agency.id, KIND, 2026).doubled == doubled
