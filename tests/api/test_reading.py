"""Forms, records, lists and who gets in at all."""

import pytest
from django.test import Client
from django.utils import timezone

from fengsui.platform.ledger.models import Entry
from fengsui.platform.who import PostKind
from fengsui.supervision.models import Hazard
from tests import make
from tests.api.client import Program, done, refused
from tests.supervision import loop

pytestmark = pytest.mark.django_db

ORDER = {"days": 15, "reason": "需要采购并更换逃生门锁"}


def nothing_written(run):
    """The answer of a call that leaves no entry."""
    before = Entry.objects.count()
    answer = run()
    assert Entry.objects.count() == before
    return answer


def test_a_form_shows_what_is_asked_what_may_be_chosen_and_why(team):
    make.region()
    program = Program(team.lead)

    form = program.get(f"inspections/plan_inspection?premises={team.premises.id}")

    assert (form["title"], form["source"]) == ("安排检查", "消防监督检查规定 §14")
    assert form["law_url"].startswith("/law/")
    assert [(rule["id"], rule["tag"]) for rule in form["rules"]] == [("D-VISIT", "D")]
    assert form["schema"]["properties"]["lead"]["title"] == "主检人员"
    assert {choice["value"] for choice in form["choices"]["lead"]} == {
        str(team.lead_post.id), str(team.second_post.id),
    }  # fmt: skip
    assert form["starts"] == {
        "premises": str(team.premises.id), "planned_on": str(timezone.localdate()),
    }  # fmt: skip


def test_a_record_offers_exactly_what_its_page_offers(team):
    hazard = loop.found(team)

    shown = Program(team.lead).get(f"hazards/{hazard.id}")

    address = f"/api/v1/hazards/{hazard.id}/order_rectification"
    assert shown["actions"] == [
        {
            "name": "order_rectification",
            "title": "责令改正",
            "main": True,
            "creates": False,
            "href": address,
            "form_href": address,
        }
    ]
    assert shown["premises"] == {"id": str(team.premises.id), "label": team.premises.name}


def test_nobody_gets_in_without_a_key_or_a_session(team):
    http = Client()

    answer = http.get("/api/v1/hazards")

    refused(answer, 401, "unauthenticated")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert http.get("/api/v1/openapi.json").status_code == 200
    assert http.get("/api/v1/docs").status_code == 200


def test_our_own_pages_act_by_their_session_and_its_token(team):
    hazard = loop.found(team)
    make.password(team.lead, "a long enough one 1")
    http = Client(enforce_csrf_checks=True)
    http.get("/sign-in")
    token = http.cookies["csrftoken"].value
    http.post("/sign-in", {"username": make.username(team.lead), "csrfmiddlewaretoken": token,
                           "password": "a long enough one 1"})  # fmt: skip
    send = {"Idempotency-Key": "k", "If-Match": '"1"'}
    address = f"/api/v1/hazards/{hazard.id}/order_rectification"

    bare = nothing_written(
        lambda: http.post(address, ORDER, content_type="application/json", headers=send)
    )
    refused(bare, 403, "csrf-missing")
    send["X-CSRFToken"] = http.cookies["csrftoken"].value
    answer = http.post(address, ORDER, content_type="application/json", headers=send)

    assert done(answer)["state"] == "ordered"
    assert '"way":"field"' in Entry.objects.latest("id").body


def test_a_wrong_key_is_not_helped_by_a_session(team):
    make.password(team.lead, "a long enough one 1")
    http = Client()
    http.post("/sign-in", {"username": make.username(team.lead), "password": "a long enough one 1"})
    assert http.get("/api/v1/me").json()["name"] == team.lead.name

    answer = http.get("/api/v1/me", headers={"Authorization": "Bearer fsk_wrong"})

    refused(answer, 401, "unauthenticated")


def test_the_worklist_is_paged_by_due_moment(team):
    program = Program(team.lead)
    for _ in range(5):
        loop.planned(team)

    first = program.get("tasks?limit=2")
    second = program.get(f"tasks?limit=2&after={first['next']}")
    third = program.get(f"tasks?limit=2&after={second['next']}")

    shown = [task for page in (first, second, third) for task in page["items"]]
    assert len({task["id"] for task in shown}) == 5
    assert [(task["due_at"], task["id"]) for task in shown] == sorted(
        (task["due_at"], task["id"]) for task in shown
    )
    assert third["next"] is None
    assert all(task["late"] and task["words"].startswith("逾期") for task in shown)
    assert {task["citation"] for task in shown} == {"设计约定（计划日当日完成）"}


def test_lists_are_paged_newest_first_and_filtered_by_state(team):
    visits = [str(loop.planned(team).id) for _ in range(3)]
    program = Program(team.lead)
    program.act("inspections", visits[0], "cancel", {"reason": "临时任务冲突"})

    first = program.get("inspections?limit=2")

    assert [row["id"] for row in first["items"]] == visits[:0:-1]
    rest = program.get(f"inspections?limit=2&after={first['next']}")
    assert [row["id"] for row in rest["items"]] == visits[:1]
    cancelled = program.get("inspections?state=cancelled")["items"]
    assert [row["id"] for row in cancelled] == visits[:1]
    refused(program.send("GET", "inspections?state=gone"), 422, "unknown-state")
    problem = refused(program.send("GET", "inspections?limit=101"), 422, "invalid")
    assert problem["facts"] == {"limit": "不大于 100"}


def test_a_list_costs_the_same_number_of_queries_however_long(team, django_assert_num_queries):
    program = Program(team.lead)
    loop.planned(team)
    program.get("inspections")
    with django_assert_num_queries(4):
        program.get("inspections")
    for _ in range(4):
        loop.planned(team)
    with django_assert_num_queries(4):
        program.get("inspections")


def test_what_is_wrong_outside_any_operation_is_a_problem_too(team):
    program = Program(team.lead)

    refused(program.send("GET", "nonsense"), 404, "no-such-address")
    wrong = program.send("DELETE", "inspections")
    refused(wrong, 405, "method-not-allowed")
    assert wrong["Allow"] == "GET"
    large = program.send("POST", "inspections/plan_inspection", "x" * 3_000_000,
                         Idempotency_Key="k")  # fmt: skip
    refused(large, 413, "body-too-large")
    broken = program.http.generic(
        "POST", "/api/v1/inspections/plan_inspection", b'{"lead": "\xff', "application/json",
        headers={"Authorization": f"Bearer {program.secret}", "Idempotency-Key": "k"},
    )  # fmt: skip
    refused(broken, 400, "json-unreadable")
    typed = program.http.generic(
        "POST", "/api/v1/inspections/plan_inspection", b"a=b", "text/plain",
        headers={"Authorization": f"Bearer {program.secret}", "Idempotency-Key": "k"},
    )  # fmt: skip
    refused(typed, 415, "json-expected")


def test_the_post_behind_a_key_is_told(team):
    assert Program(team.lead).get("me") == {
        "user": str(team.lead.user_id),
        "name": team.lead.name,
        "post": str(team.lead.post_id),
        "title": "监督员",
        "organisation": team.brigade.name,
        "region": "150502000000",
        "acting_for": "",
    }


def test_the_ledger_names_the_key_that_acted(team):
    hazard = loop.found(team)
    Program(team.lead).act("hazards", hazard.id, "order_rectification", ORDER)

    body = Entry.objects.filter(record_id=Hazard.objects.get().id).latest("version").body

    assert '"device":"api-key/' in body
    assert '"way":"api"' in body


def test_an_administrator_sees_no_business_data(team):
    loop.found(team)
    for kind in (PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN):
        program = Program(make.who(kind))
        for plural in ("premises", "inspections", "hazards", "documents"):
            assert program.send("GET", plural).status_code == 403
