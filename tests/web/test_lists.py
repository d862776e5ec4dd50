"""Lists people work from: filters in the address, pages by key both ways, views of one's own."""

from datetime import date

import pytest

from fengsui.platform.counters import store as counters
from fengsui.platform.regions.models import Region
from fengsui.platform.savedviews.models import SavedView
from fengsui.platform.savedviews.store import MOST
from fengsui.platform.who import PostKind
from fengsui.registry.actions import PREMISES_TYPE
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db


def signed_in(client, who):
    make.password(who, "x")
    client.login(username=make.username(who), password="x")
    return client


@pytest.fixture
def client(client, settings):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    return client


@pytest.fixture
def officer(client):
    make.region()
    team = make.Team()
    signed_in(client, team.lead)
    return team


def names(response):
    (table,) = [response.context["table"]]
    return [row.cells[0].text for group in table.groups for row in group.rows]


@pytest.fixture
def register(officer):
    team = officer
    make.premises(team.brigade, name="甲医院", premises_class="key", region="150502002000")
    make.premises(team.brigade, name="乙医院", premises_class="small", crowded=False,
                  public_assembly=False)  # fmt: skip
    make.premises(team.brigade, name="丙学校", premises_class="small", state="closed")
    return team


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=医院", ["乙医院", "甲医院"]),
        ("q=yiyuan&class=small", ["乙医院"]),
        ("class=key&region=150502002000", ["甲医院"]),
        ("flag=crowded&class=small", ["丙学校"]),
        ("state=closed", ["丙学校"]),
        ("q=医院&region=nonsense&flag=nonsense", ["乙医院", "甲医院"]),
    ],
)
def test_the_register_is_filtered_by_its_address(client, register, query, found):
    assert sorted(names(client.get(f"/desk/premises/?{query}"))) == sorted(found)


def test_a_filter_never_reaches_beyond_the_post(client, register):
    make.premises(make.organisation(region="150523000000"), name="丁医院", region="150523001000")

    assert names(client.get("/desk/premises/?q=丁医院&region=150523001000")) == []


def test_filters_stay_in_the_address_of_the_next_page_and_back(client, officer):
    for n in range(60):
        make.premises(officer.brigade, name=f"医院{n:02d}", premises_class="small")
    first = client.get("/desk/premises/?class=small&sort=name")
    pager = first.context["table"].pager

    second = client.get(f"/desk/premises/{pager.next_url}")
    back = client.get(f"/desk/premises/{second.context['table'].pager.previous_url}")

    assert names(first) == names(back) == [f"医院{n:02d}" for n in range(50)]
    assert names(second) == [f"医院{n:02d}" for n in range(50, 60)]
    assert (pager.previous_url, second.context["table"].pager.next_url) == ("", "")


def test_hazards_are_sorted_by_their_term_and_filtered_by_it(client, officer):
    early = loop.served(officer, days=5)
    late = loop.served(officer, days=20)

    upwards = client.get("/desk/hazards/?sort=due_on").context["table"]
    between = f"from={late.due_on}&to={late.due_on}"

    notes = [row.cells[0].note for group in upwards.groups for row in group.rows]
    assert notes == [early.number, late.number]
    assert early.due_on < late.due_on
    (row,) = client.get(f"/desk/hazards/?{between}").context["table"].groups[0].rows
    assert row.cells[0].note == late.number


def test_visits_are_filtered_by_officer_and_day(client, officer):
    visit = loop.planned(officer)
    lead = officer.lead_post.id

    assert names(client.get(f"/desk/inspections/?officer={lead}")) == [visit.number]
    assert names(client.get("/desk/inspections/?officer=nonsense&from=nonsense")) == [visit.number]
    assert names(client.get(f"/desk/inspections/?from={date(2030, 1, 1)}")) == []


def test_a_view_is_kept_under_a_name_and_its_filters_come_back(client, officer):
    client.post(
        "/desk/views/premises/save",
        {"title": "小场所", "address": "sort=name&class=small&after=x"},
    )

    shown = client.get("/desk/premises/?class=small&sort=name").context["views"]
    assert [(view.title, view.url, view.current) for view in shown] == [
        ("小场所", "/desk/premises/?class=small&sort=name", True)
    ]


def test_the_same_name_again_replaces_the_view(client, officer):
    for query in ("class=small", "class=key"):
        client.post("/desk/views/premises/save", {"title": "我的", "address": query})

    assert list(SavedView.objects.values_list("query", flat=True)) == ["class=key"]


@pytest.mark.parametrize(
    ("title", "address"), [("", ""), ("  ", ""), ("长" * 41, ""), ("长", "q=" + "a" * 400)]
)
def test_a_view_that_cannot_be_kept_says_why_and_leaves_nothing(client, officer, title, address):
    answer = client.post(
        "/desk/views/premises/save", {"title": title, "address": address}, follow=True
    )

    assert [str(said) for said in answer.context["messages"]] != []
    assert not SavedView.objects.exists()


def test_there_are_no_more_views_of_a_list_than_can_be_looked_over(client, officer):
    for n in range(MOST + 1):
        client.post("/desk/views/premises/save", {"title": f"视图{n}", "address": ""})

    assert SavedView.objects.count() == MOST


def test_nobody_removes_or_sees_a_view_of_somebody_else(client, officer):
    client.post("/desk/views/premises/save", {"title": "我的", "address": "class=key"})
    view = SavedView.objects.get()
    other = make.who(organisation=officer.brigade)
    signed_in(client, other)

    answer = client.post(f"/desk/views/{view.id}/remove")

    assert answer.status_code == 404
    assert SavedView.objects.filter(id=view.id).exists()
    assert client.get("/desk/premises/").context["views"] == []


def test_ones_own_view_is_removed(client, officer):
    client.post("/desk/views/hazards/save", {"title": "我的", "address": ""})

    answer = client.post(f"/desk/views/{SavedView.objects.get().id}/remove")

    assert answer.url == "/desk/hazards/"
    assert not SavedView.objects.exists()


def test_a_view_of_no_list_is_not_found(client, officer):
    assert client.post("/desk/views/tasks/save", {"title": "a"}).status_code == 404


def test_a_manager_filters_his_own(client, officer):
    manager = make.who(PostKind.PREMISES_MANAGER, organisation=officer.premises.unit)
    signed_in(client, manager)

    assert names(client.get("/desk/premises/?q=酒店")) == [officer.premises.name]


def test_the_register_by_region_leads_down_and_to_the_lists_behind_its_numbers(client, officer):
    make.region("150500000000", name="通辽市", level=2, parent="")
    make.region("150502000000", name="科尔沁区", level=3, parent="150500000000")
    make.premises(officer.brigade, premises_class="small")
    counters.recount(PREMISES_TYPE)

    page = client.get("/desk/premises/by-region")

    below, total = page.context["table"].groups
    assert [cell.text for cell in below.rows[0].cells] == [
        "科尔沁街道",
        "0",
        "1",
        "0",
        "1",
        "0",
        "2",
    ]
    assert [cell.text for cell in total.rows[0].cells] == ["科尔沁区", "0", "1", "0", "1", "0", "2"]
    link = below.rows[0].cells[4].url
    assert len(names(client.get(link))) == 1


def test_without_loaded_divisions_the_register_by_region_has_its_one_row(client, officer):
    Region.objects.all().delete()
    make.premises(officer.brigade, premises_class="small")
    counters.recount(PREMISES_TYPE)

    (only,) = client.get("/desk/premises/by-region").context["table"].groups

    assert [cell.text for cell in only.rows[0].cells] == [
        "150502000000",
        "0",
        "1",
        "0",
        "1",
        "0",
        "2",
    ]


def test_the_register_of_another_county_is_not_there(client, officer):
    make.region("150523000000", name="开鲁县", level=3, parent="150500000000")

    for code in ("150523000000", "nonsense", "150500000000"):
        assert client.get(f"/desk/premises/by-region?of={code}").status_code == 404
