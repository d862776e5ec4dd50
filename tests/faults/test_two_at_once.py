"""Two at once: real threads on a real database; one wins, and nothing is lost or doubled."""

import pytest

from tests.faults.ground import ground, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def happened(tmp_path_factory):
    """Every race of races.py, run once."""
    with ground(tmp_path_factory.mktemp("races")) as env:
        return run("tests.faults.races", env)


def test_of_four_callers_on_one_record_one_wins_and_three_are_told_what_changed(happened):
    assert len(happened["moves"]) == 30
    for race in happened["moves"]:
        codes = sorted(told["code"] for told in race["told"])
        assert codes == ["", "changed-meanwhile", "changed-meanwhile", "changed-meanwhile"]
        assert all(told["changes"] == ["关闭场所"] for told in race["told"] if told["code"])
        assert (race["version"], race["entries"]) == (2, 1)


def test_of_equal_keys_at_once_all_get_the_one_result(happened):
    for n, race in enumerate(happened["equal_keys"], start=1):
        assert {told["code"] for told in race["told"]} == {""}
        assert len({(told["record"], told["entry"]) for told in race["told"]}) == 1
        assert race["entries"] == n


def test_numbers_under_contention_have_no_gap_and_no_double(happened):
    given = sorted(
        number for first, last in happened["numbers"] for number in range(first, last + 1)
    )
    assert given == list(range(1, 4 * 10 * 3 + 1))


def test_the_control_that_compares_nothing_loses_additions(happened):
    """The same threads on the same database lose additions where nothing is compared."""
    assert happened["without_comparing"] < 4 * 40
