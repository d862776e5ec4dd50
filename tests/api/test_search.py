"""What a client on a phone needs beside records: finding by words, and which answers are personal."""

import pytest

from tests import make
from tests.api.client import Program
from tests.supervision import loop

pytestmark = pytest.mark.django_db


def names(answer):
    return [item["name"] for item in answer["items"]]


def test_premises_are_found_by_a_part_of_their_name_or_address_within_reach(team):
    other = make.organisation(region="150523000000")
    make.premises(team.brigade, name="顺达烧烤店", address="建国路 12 号")
    make.premises(team.brigade, name="第三小学", address="顺达街 3 号")
    make.premises(other, name="顺达宾馆", address="开鲁镇", region="150523100000")

    found = names(Program(team.lead).get("premises?q=顺达"))

    assert sorted(found) == ["第三小学", "顺达烧烤店"]


def test_what_has_no_words_to_be_found_by_says_so(team):
    answer = Program(team.lead).send("GET", "tasks?q=顺达")

    assert (answer.status_code, answer.json()["code"]) == (422, "not-searchable")


def test_a_schema_marks_personal_answers(team):
    asked = Program(team.lead).get("premises/register_premises")["schema"]["properties"]

    marked = {name for name, said in asked.items() if said.get("x-personal")}

    assert marked == {"responsible_phone", "manager_phone"}


def test_a_visit_names_its_place_and_both_officers(team):
    visit = loop.planned(team)

    said = Program(team.lead).get(f"inspections/{visit.id}")

    assert said["officers"] == [team.lead.name, team.second.name]
    assert said["place"] == {
        "address": "建国路 118 号",
        "class_title": "重点单位",
        "latitude": None,
        "longitude": None,
    }
