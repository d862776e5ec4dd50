"""Next year's notice is asked for from November, and loading it settles the task."""

from datetime import date, datetime

import pytest

from fengsui.platform.actions import perform
from fengsui.platform.calendar.actions import load_year
from fengsui.platform.calendar.models import AwaitedYear
from fengsui.platform.calendar.queries import forget
from fengsui.platform.calendar.sweep import ask_for_next_year
from fengsui.platform.who import PostKind
from fengsui.platform.worklist.models import Task
from fengsui.platform.worklist.queries import own_tasks
from tests import make
from tests.supervision.test_winter import NOTICE

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2026, 10, 31, 23, 0, tzinfo=make.CHINA)
NOVEMBER = datetime(2026, 11, 1, 0, 5, tzinfo=make.CHINA)


@pytest.fixture(autouse=True)
def fresh_calendar():
    forget()
    yield
    forget()


@pytest.fixture
def admin():
    operator = make.organisation(kind="operator", region="0" * 12)
    return make.who(PostKind.SYSTEM_ADMIN, organisation=operator)


def test_nothing_is_asked_before_november(admin):
    assert not ask_for_next_year(OCTOBER)
    assert not Task.objects.exists()


def test_from_november_the_administrator_has_one_task(admin):
    assert ask_for_next_year(NOVEMBER)
    assert not ask_for_next_year(NOVEMBER)

    (task,) = own_tasks(admin)
    # Fourteen days before 1 January 2027.
    assert (task.title, task.due_at.astimezone(make.CHINA).date()) == (
        "载入 2027 年工作日历",
        date(2026, 12, 18),
    )


def test_loading_the_year_closes_the_task(admin):
    ask_for_next_year(NOVEMBER)

    perform(load_year, None, make.call(admin, at=NOVEMBER, received_at=NOVEMBER), NOTICE)
    forget()

    assert own_tasks(admin) == []
    assert AwaitedYear.objects.get().state == "known"
    assert not ask_for_next_year(NOVEMBER)
