"""Two phones at once: one is served, the other is told; nothing is doubled."""

import threading

import pytest
from django.db import connections
from django.utils import timezone

from fengsui.kernel.ids import new_id
from fengsui.supervision.models import Inspection
from tests import make
from tests.api.client import Program

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(runs):
    """The answers of calls that start together, each on a connection of its own."""
    start, answers = threading.Barrier(len(runs)), []

    def go(run):
        start.wait()
        try:
            answers.append(run())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def planning(team, **headers):
    program = Program(team.lead)
    plan = {
        "premises": team.premises.id,
        "lead": team.lead_post.id,
        "second": team.second_post.id,
        "planned_on": timezone.localdate(),
    }
    return lambda: program.post("inspections/plan_inspection", plan, **headers)


def test_of_two_creations_with_one_id_the_later_finds_it_taken():
    team, wanted = make.Team(), str(new_id())

    answers = at_once([planning(team, X_Record_Id=wanted) for _ in range(4)])

    said = sorted((answer.status_code, answer.json().get("code", "")) for answer in answers)
    assert said == [(201, ""), *[(409, "id-taken")] * 3]
    assert Inspection.objects.count() == 1


def test_a_call_sent_four_times_at_once_is_done_once():
    team = make.Team()

    answers = at_once([planning(team, Idempotency_Key="k") for _ in range(4)])

    bodies = [answer.json() for answer in answers]
    assert len({body["record"] for body in bodies}) == 1
    assert sorted(body["replayed"] for body in bodies) == [False, True, True, True]
    assert Inspection.objects.count() == 1
