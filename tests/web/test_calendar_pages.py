"""Loading a year on its page: typed, previewed with what moves, confirmed."""

import re
from datetime import datetime

import pytest

from fengsui.platform.calendar.models import LoadedYear
from fengsui.platform.calendar.queries import forget
from fengsui.platform.who import PostKind
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db
EVE = datetime(2026, 12, 30, 12, tzinfo=make.CHINA)
LINES = [
    ("元旦", "2027-01-01", "2027-01-03", ""),
    ("春节", "2027-02-05", "2027-02-11", "2027-02-28"),
    ("清明节", "2027-04-05", "", ""),
    ("劳动节", "2027-05-01", "2027-05-05", ""),
    ("端午节", "2027-06-09", "", ""),
    ("中秋节", "2027-09-15", "", ""),
    ("国庆节", "2027-10-01", "2027-10-07", ""),
]


@pytest.fixture
def client(client, settings):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    admin = make.who(PostKind.SYSTEM_ADMIN)
    make.password(admin, "x")
    client.login(username=make.username(admin), password="x")
    forget()
    yield client
    forget()


def typed(lines=LINES, **over):
    columns = dict(zip(("name", "first", "last", "work"), zip(*lines, strict=True), strict=True))
    return {"year": "2027", "source": "假定的 2027 年放假安排", **columns, **over}


def test_the_preview_says_how_many_deadlines_move_and_writes_nothing(client):
    loop.served(make.Team(), days=60, at=EVE)  # its term and its re-inspection end in 2027

    page = client.post("/desk/calendar-years/load", typed()).content.decode()

    assert re.search(r"确认后有 <b>2</b> 个未办结的期限会变动", page)
    assert not LoadedYear.objects.exists()


def test_only_what_was_previewed_is_loaded(client):
    page = client.post("/desk/calendar-years/load", typed()).content.decode()
    digest = re.findall(r'name="confirm" value="([0-9a-f]+)"', page)[0]

    changed = client.post("/desk/calendar-years/load", typed(confirm=digest, source="另一份通知"))
    assert (changed.status_code, LoadedYear.objects.count()) == (200, 0)
    done = client.post("/desk/calendar-years/load", typed(confirm=digest))

    assert done.status_code == 302
    assert LoadedYear.objects.get().year == 2027


def test_a_wrong_line_is_named_and_what_was_typed_stays(client):
    lines = [("元旦", "2027-13-01", "", ""), *LINES[1:]]

    answer = client.post("/desk/calendar-years/load", typed(lines))

    assert answer.status_code == 422
    assert "第 1 行：日期“2027-13-01”请写成 2027-01-01 的样子。" in answer.content.decode()
    assert 'value="2027-02-28"' in answer.content.decode()


def test_a_notice_without_a_festival_is_refused(client):
    answer = client.post("/desk/calendar-years/load", typed(LINES[:2]))

    assert answer.status_code == 422
    assert "法定节日不在放假日内" in answer.content.decode()
    assert not LoadedYear.objects.exists()
