"""`GET /search`: the search box for programs."""

import pytest

from tests import make
from tests.api.client import Program
from tests.supervision import loop

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital(team):
    return make.premises(team.brigade, name="通辽市医院")


def test_what_is_found_comes_in_groups_by_kind(team, hospital):
    team.premises = hospital
    hazard = loop.found(team)

    groups = Program(team.lead).get("search?q=tlsyy")["groups"]

    found = {group["kind"]: [item["label"] for item in group["items"]] for group in groups}
    assert found == {
        "premises": ["通辽市医院"],
        "inspection": [hazard.inspection.number],
        "hazard": [hazard.number],
        "document": found["document"],
    }


def test_one_kind_goes_on_page_by_page(team):
    for n in range(3):
        make.premises(team.brigade, name=f"医院{n}")
    program = Program(team.lead)

    (first,) = program.get("search?q=医院&kind=premises&limit=2")["groups"]
    (second,) = program.get(f"search?q=医院&kind=premises&limit=2&after={first['next']}")["groups"]

    labels = [item["label"] for item in (*first["items"], *second["items"])]
    assert (labels, second["next"]) == (["医院2", "医院1", "医院0"], "")


def test_an_officer_of_another_county_finds_nothing_of_it(team, hospital):
    elsewhere = make.who(organisation=make.organisation(region="150523000000"))

    assert Program(elsewhere).get("search?q=通辽市医院") == {"groups": []}


def test_a_kind_that_is_not_found_by_words_says_so(team):
    answer = Program(team.lead).send("GET", "search?q=a&kind=task")

    assert (answer.status_code, answer.json()["code"]) == (422, "not-searchable")
