"""Every declared type has a list and a record page; to whom they exist, and how many queries they take."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengsui.platform.calendar import queries as calendar
from fengsui.platform.records import RECORD_TYPES, record_type_of
from fengsui.platform.who import PostKind
from fengsui.supervision.lifecycle import Disposal
from fengsui.supervision.models import Inspection
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db
NAMES = sorted(name for name in RECORD_TYPES)


def signed_in(client, who):
    make.password(who, "x")
    client.login(username=make.username(who), password="x")
    return client


@pytest.fixture
def client(client, settings):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    return client


@pytest.mark.parametrize("name", NAMES)
def test_a_type_titles_what_it_shows(name):
    of = RECORD_TYPES[name]
    columns = {column.name for column in of.model._meta.get_fields()}

    assert {field.name for field in of.shown} <= columns
    assert set(of.listed) <= {field.name for field in of.shown}
    assert of.listed


@pytest.mark.parametrize("name", NAMES)
def test_a_list_and_a_record_open_to_a_reader(client, name):
    team = make.Team()
    loop.served(team)
    of = RECORD_TYPES[name]
    reader = team.head if PostKind.BRIGADE_HEAD in of.readers else make.who(min(of.readers))
    signed_in(client, reader)

    assert client.get(f"/desk/{of.plural}/").status_code == 200
    for record in of.visible(reader)[:2]:
        page = client.get(f"/desk/{of.plural}/{record.id}/")
        assert page.status_code == 200
        assert of.label(record) in page.content.decode() or name == "inspection"


OWN = {"api-keys", "jobs", "notice-wishes", "phones", "tasks"}
ADMINISTRATORS = {
    PostKind.SYSTEM_ADMIN: {"awaited-years", "calendar-years", "channel-faults"},
    PostKind.SECURITY_ADMIN: {"certificates", "organisations", "posts", "tickets"},
    PostKind.AUDIT_ADMIN: {"address-uses", "tickets"},
}


@pytest.mark.parametrize("kind", sorted(ADMINISTRATORS))
def test_an_administrator_has_his_own_pages_and_no_business(client, kind):
    signed_in(client, make.who(kind))

    answers = {
        of.plural: client.get(f"/desk/{of.plural}/").status_code for of in RECORD_TYPES.values()
    }

    open_pages = {plural for plural, status in answers.items() if status == 200}
    assert open_pages == ADMINISTRATORS[kind] | OWN
    assert set(answers.values()) == {200, 403}


def test_an_unknown_type_and_a_hidden_record_do_not_exist(client):
    team = make.Team()
    record = loop.served(team)
    elsewhere = make.organisation(region="150523000000")
    signed_in(client, make.who(PostKind.SUPERVISOR, organisation=elsewhere))

    assert client.get("/desk/nothings/").status_code == 404
    paper = record_type_of(type(record)).plural
    assert client.get(f"/desk/{paper}/{record.id}/").status_code == 404


PAGES = [
    "/desk/",
    "/desk/brigade",
    "/desk/find?q=酒店",
    "/desk/documents/",
    "/desk/documents/numbers",
    "/desk/tasks/",
    "/desk/posts/",
    "/desk/premises/",
    "/desk/inspections/",
    "/desk/hazards/",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_as_often_for_three_as_for_one(client, address, monkeypatch):
    monkeypatch.setattr(calendar, "_FRESH_SECONDS", 600)  # its second reading is a matter of time
    team = make.Team()
    loop.served(team)
    signed_in(client, team.head)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address)
    for _more in range(2):
        team.premises = make.premises(team.brigade)
        loop.served(team)

    with CaptureQueriesContext(connection) as three:
        assert client.get(address).status_code == 200

    assert len(three) == len(one)


def test_a_visit_says_how_a_finding_was_corrected_on_the_spot(client):
    team = make.Team()
    loop.found(team, Disposal.CORRECTED)
    signed_in(client, team.lead)

    page = client.get(f"/desk/inspections/{Inspection.objects.get().id}/").content.decode()

    assert "当场清走，通道净宽恢复" in page
