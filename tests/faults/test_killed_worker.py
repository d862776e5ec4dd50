"""R1, the short form: the worker is killed with -9 twenty-two times at random points under load."""

import pytest

from tests.faults.ground import ground, run

pytestmark = pytest.mark.slow


def play(tmp_path, how):
    with ground(tmp_path) as env:
        # Here the time-out is the shipped one: the worker's own steps wait for the lock.
        return run("tests.faults.killed", {**env, "FENGSUI_BUSY_TIMEOUT": "5"}, how)


def test_a_killed_worker_loses_nothing_and_does_nothing_twice(tmp_path):
    played = play(tmp_path, "careful")

    assert played["acknowledged"] == 45
    assert played["interrupted"] > 0, "no kill fell into the work; the test shows nothing"
    assert (played["missing_entries"], played["lost"], played["doubled"]) == (0, 0, 0)
    assert (played["waiting"], played["unsealed"], played["wrong"]) == (0, 0, [])
    assert played["resumed"] < 10


def test_the_control_that_says_done_before_it_acts_loses_work(tmp_path):
    played = play(tmp_path, "careless")

    assert played["missing_entries"] == 0
    assert played["lost"] > 0
