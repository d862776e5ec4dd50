"""One action by HTTP: once for each key, on what was seen, by whom it is allowed."""

from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from fengsui.kernel.ids import new_id
from fengsui.platform.ledger.models import Entry
from fengsui.platform.who import PostKind
from fengsui.supervision.models import Hazard, Inspection
from tests import make
from tests.api.client import Program, done, refused
from tests.supervision import loop

pytestmark = pytest.mark.django_db

ORDER = {"days": 15, "reason": "需要采购并更换逃生门锁"}


def plan_of(team):
    return {
        "premises": str(team.premises.id),
        "lead": str(team.lead_post.id),
        "second": str(team.second_post.id),
        "planned_on": str(timezone.localdate()),
    }


def nothing_written(run):
    """The answer of a call that leaves no entry."""
    before = Entry.objects.count()
    answer = run()
    assert Entry.objects.count() == before
    return answer


def test_a_call_sent_twice_gets_the_same_answer_and_leaves_one_entry(team):
    program = Program(team.lead)
    first = done(program.post("inspections/plan_inspection", plan_of(team), Idempotency_Key="k"))

    again = nothing_written(
        lambda: program.post("inspections/plan_inspection", plan_of(team), Idempotency_Key="k")
    )

    assert again.status_code == 201
    assert again.json() == {**first, "replayed": True}
    assert Inspection.objects.count() == 1


def test_a_key_with_another_body_is_refused(team):
    program = Program(team.lead)
    done(program.post("inspections/plan_inspection", plan_of(team), Idempotency_Key="k"))
    other = {**plan_of(team), "planned_on": "2027-01-04"}

    answer = nothing_written(
        lambda: program.post("inspections/plan_inspection", other, Idempotency_Key="k")
    )

    refused(answer, 422, "key-reused")


def test_a_stale_version_is_told_what_changed(team):
    hazard = loop.found(team)
    Program(team.lead).act("hazards", hazard.id, "order_rectification", ORDER)
    program, address = Program(team.second), f"hazards/{hazard.id}/serve_order"

    answer = nothing_written(
        lambda: program.post(address, {"recipient": "刘海燕"}, seen=hazard.version)
    )

    changes = refused(answer, 409, "changed-meanwhile")["facts"]["changes"]
    assert [(change["title"], change["who"]) for change in changes] == [
        ("责令改正", team.lead.name)
    ]


def test_a_phones_queue_sent_in_order_builds_on_its_own_calls(team):
    program, visit = Program(team.lead), loop.planned(team)
    address = f"inspections/{visit.id}"
    answers = {"answers": dict.fromkeys(loop.ITEMS, "pass")}

    done(program.post(f"{address}/arrive", {}, seen=visit.version, Idempotency_Key="q1"))
    done(program.post(f"{address}/record_answers", answers,
                      If_Match='"after:q1"', Idempotency_Key="q2"))  # fmt: skip
    last = done(program.post(f"{address}/conclude", {"accompanied_by": "刘海燕"},
                             If_Match='"after:q2"', Idempotency_Key="q3"))  # fmt: skip

    assert last["state"] == "concluded"


def test_a_strangers_key_is_nothing_to_build_on(team):
    hazard = loop.found(team)
    done(Program(team.lead).post(f"hazards/{hazard.id}/order_rectification", ORDER,
                                 seen=hazard.version, Idempotency_Key="q1"))  # fmt: skip
    stranger = Program(team.second)

    answer = nothing_written(
        lambda: stranger.post(
            f"hazards/{hazard.id}/serve_order", {"recipient": "刘海燕"}, If_Match='"after:q1"'
        )
    )

    refused(answer, 409, "changed-meanwhile")


def test_an_action_on_a_record_says_what_it_saw(team):
    hazard = loop.found(team)
    address = f"hazards/{hazard.id}/order_rectification"
    program = Program(team.lead)

    refused(nothing_written(lambda: program.post(address, ORDER)), 428, "if-match-required")
    for said in ('"x"', '"1', "after:", '"-1"', '"99999999999"', '"after: q"'):
        answer = nothing_written(lambda said=said: program.post(address, ORDER, If_Match=said))
        refused(answer, 400, "if-match-unreadable")


@pytest.mark.parametrize("key", ["", "x" * 161, "mit Leerzeichen", "钥匙"])
def test_a_call_without_a_usable_key_is_refused(team, key):
    program = Program(team.lead)

    answer = nothing_written(
        lambda: program.post("inspections/plan_inspection", plan_of(team), Idempotency_Key=key)
    )

    refused(answer, 400, "key-required")


def test_the_longest_key_also_holds_the_calls_inside(team):
    facts = {
        "name": "云岭商务酒店",
        "region": make.region().code,
        "address": "建国路 118 号",
        "premises_class": "key",
        "responsible_name": "赵国庆",
    }
    key = "k" * 160

    made = done(Program(team.head).post("premises/register_premises", facts, Idempotency_Key=key))

    assert made["state"] == "registered"


def test_a_hidden_record_does_not_exist(team):
    hazard = loop.found(team)
    elsewhere = make.who(organisation=make.organisation(region="150523000000"))
    program, address = Program(elsewhere), f"hazards/{hazard.id}"

    refused(program.send("GET", address), 404, "not-found")
    refused(program.send("GET", f"{address}/order_rectification"), 404, "not-found")
    post = lambda: program.post(f"{address}/order_rectification", ORDER, seen=1)  # noqa: E731  one call, said once
    refused(nothing_written(post), 404, "not-found")
    assert program.get("hazards") == {"items": [], "next": None}


def test_the_wrong_post_is_refused_and_nothing_is_written(team):
    hazard = loop.served(team)
    program, address = Program(team.manager), f"hazards/{hazard.id}/order_rectification"

    refused(program.send("GET", address), 403, "forbidden")
    answer = nothing_written(lambda: program.post(address, ORDER, seen=hazard.version))

    problem = refused(answer, 403, "forbidden")
    assert problem["facts"]["source"] == "消防监督检查规定 §19"


def test_what_happens_only_inside_another_action_has_no_address(team):
    hazard = loop.served(team)

    answer = Program(team.lead).post(f"hazards/{hazard.id}/pass_reinspection", {}, seen=1)

    refused(answer, 404, "no-such-address")


def test_a_creation_takes_the_id_its_phone_made(team):
    program, wanted = Program(team.lead), str(new_id())

    made = done(program.post("inspections/plan_inspection", plan_of(team), X_Record_Id=wanted))

    assert made["record"] == wanted
    assert Inspection.objects.get().id == UUID(wanted)
    assert [task["about_id"] for task in program.get("tasks")["items"]] == [wanted]


def test_an_id_in_use_or_of_another_kind_is_refused(team):
    program, taken = Program(team.lead), str(loop.planned(team).id)
    for wanted, status, code in (
        (taken, 409, "id-taken"),
        ("6f0c8a5e-7f2e-4c1b-9d57-0a1b2c3d4e5f", 422, "record-id-unreadable"),  # a UUIDv4
        ("x", 422, "record-id-unreadable"),
    ):
        answer = nothing_written(
            lambda wanted=wanted: program.post(
                "inspections/plan_inspection", plan_of(team), X_Record_Id=wanted
            )
        )
        refused(answer, status, code)


def test_the_moment_of_the_device_counts(team):
    visit, program = loop.planned(team), Program(team.lead)
    done_at = "2026-03-02T14:30:00+08:00"

    done(program.post(f"inspections/{visit.id}/arrive", {}, seen=1, X_Done_At=done_at))

    assert Inspection.objects.get().arrived_at == datetime.fromisoformat(done_at)


@pytest.mark.parametrize(
    "said", ["yesterday", "2026-03-02T14:30:00", "2026-03-02", "0001-01-01T00:00:00+14:00"]
)
def test_a_moment_that_cannot_be_read_is_refused(team, said):
    visit, program = loop.planned(team), Program(team.lead)

    answer = nothing_written(
        lambda: program.post(f"inspections/{visit.id}/arrive", {}, seen=1, X_Done_At=said)
    )

    refused(answer, 400, "done-at-unreadable")


def test_every_wrong_field_is_named_with_its_remedy(team):
    visit, program = loop.planned(team), Program(team.lead)
    program.act("inspections", visit.id, "arrive")
    body = {"code": "C04", "place": "一", "text": "堆放布草箱", "disposal": "burn", "more": 1}

    answer = nothing_written(
        lambda: program.post(f"inspections/{visit.id}/add_finding", body, seen=2)
    )

    problem = refused(answer, 422, "invalid")
    assert problem["title"].startswith("有 3 处需要改正：place：至少填写 2 个字")
    assert problem["facts"] == {
        "place": "至少填写 2 个字",
        "disposal": "请从选项中选择",
        "more": "没有这一项，请去掉",
    }


def test_text_that_no_database_holds_is_refused(team):
    hazard, program = loop.found(team), Program(team.lead)
    body = {"days": 15, "reason": "需要采购\x00门锁"}

    answer = nothing_written(
        lambda: program.post(f"hazards/{hazard.id}/order_rectification", body, seen=1)
    )

    assert set(refused(answer, 422, "invalid")["facts"]) == {"reason"}


def test_a_form_shows_what_is_asked_what_may_be_chosen_and_why(team):
    make.region()
    program = Program(team.lead)

    form = program.get(f"inspections/plan_inspection?premises={team.premises.id}")

    assert (form["title"], form["source"]) == ("安排检查", "消防监督检查规定 §14")
    assert form["law_url"].startswith("/law/")
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
    with django_assert_num_queries(3):
        program.get("inspections")
    for _ in range(4):
        loop.planned(team)
    with django_assert_num_queries(3):
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
            assert program.get(plural) == {"items": [], "next": None}
