"""The worklist: groups by deadline, one step a row; a head sees his brigade and hands tasks over."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from fengsui.platform.worklist.models import Task
from fengsui.web.desk import tasks
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client, settings):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    return client


def signed_in(client, who):
    make.password(who, "x")
    client.login(username=make.username(who), password="x")


def due(moment):
    return Task(title="复查", due_at=moment, start_at=moment, rule="T-20b", about_type="hazard")


def test_tasks_stand_under_overdue_today_this_week_and_later(monkeypatch):
    tuesday = datetime(2026, 11, 24, 10, tzinfo=make.CHINA)
    monkeypatch.setattr(timezone, "now", lambda: tuesday)
    moments = ["2026-11-20T23:59", "2026-11-24T17:30", "2026-11-29T23:59", "2026-11-30T09:00"]
    made = [due(datetime.fromisoformat(text).replace(tzinfo=make.CHINA)) for text in moments]

    groups = tasks._groups(made)

    assert [(title, found, late) for title, _note, found, late in groups] == [
        ("已逾期", [made[0]], True),
        ("今天到期", [made[1]], False),
        ("本周内", [made[2]], False),
        ("以后", [made[3]], False),
    ]


def test_a_row_leads_straight_to_the_form_of_its_next_step(client):
    team = make.Team()
    record = loop.ordered(team)
    signed_in(client, team.lead)

    page = client.get("/desk/").content.decode()

    assert f"/desk/do/hazard.serve_order/{record.id}" in page


def test_a_long_worklist_goes_on_overleaf(client):
    team = make.Team()
    held = {"holder": team.lead_post.id, "organisation_id": team.brigade.id}
    for n in range(130):
        row = due(make.NOON + timedelta(hours=n))
        for name, value in {**make._record(state="open"), **held, "about_id": uuid4()}.items():
            setattr(row, name, value)
        row.save(force_insert=True)
    signed_in(client, team.lead)

    first = client.get("/desk/").context["table"]
    (rest,) = [client.get(f"/desk/{first.pager.next_url}").context["table"]]

    shown = [[row for group in table.groups for row in group.rows] for table in (first, rest)]
    assert [len(rows) for rows in shown] == [100, 30]
    assert rest.pager.next_url == ""


def test_the_tooltip_says_how_the_days_were_counted(client):
    team = make.Team()
    loop.ordered(team)  # inspected Monday 2 March 2026: three working days end on Thursday the 5th
    signed_in(client, team.lead)

    page = client.get("/desk/").content.decode()

    assert (
        "03-02 起算日不计入；03-03 周二，第 1 个工作日；03-04 周三，第 2 个工作日；03-05 周四，第 3 个工作日"
        in page
    )


def test_a_head_gives_a_task_to_another_officer(client):
    team = make.Team()
    record = loop.ordered(team)
    task = Task.objects.get(about_id=record.id, kind="serve")
    signed_in(client, team.head)
    board = client.get("/desk/brigade").content.decode()
    assert f"/desk/do/task.reassign/{task.id}" in board
    form = client.get(f"/desk/do/task.reassign/{task.id}").content.decode()
    assert team.second.name in form

    answer = client.post(
        f"/desk/do/task.reassign/{task.id}",
        {"post": str(team.second_post.id), "reason": "原承办人休假", "version": task.version},
    )

    assert answer.status_code == 302
    assert Task.objects.get(id=task.id).holder == team.second_post.id


def test_a_supervisor_has_no_board(client):
    signed_in(client, make.Team().lead)

    assert client.get("/desk/brigade").status_code == 403
