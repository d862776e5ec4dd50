"""The benchmarks still run, in their shortest form, and their baselines are what they say."""

import pytest

from benchmarks import by_hand, many, p6_map, p9_import, p10_documents, p13_perform
from benchmarks.rounds import SHORT
from fengsui.platform.actions import perform
from fengsui.platform.calendar import queries as calendar

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("figure", [p6_map, p9_import, p10_documents, p13_perform, many])
def test_a_figure_is_measured_against_its_baseline(figure):
    lines = list(figure.figures(SHORT))

    assert lines
    assert all(line.ours.median > 0 and line.baseline.median > 0 for line in lines)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_hand_written_way_asks_the_database_for_the_same(number, monkeypatch):
    monkeypatch.setattr(calendar, "_FRESH_SECONDS", 600)  # its next reading is a matter of time
    calendar.current_calendar()
    pair = p13_perform.pairs()[number]
    asked, other = pair.ask(), pair.ask()

    ours = by_hand.statements_of(lambda: perform(*asked))
    theirs = by_hand.statements_of(lambda: pair.plain(other[1]))

    assert by_hand.aims(theirs) == by_hand.aims(ours)
