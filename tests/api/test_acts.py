"""One action by HTTP: once for each key, on what was seen, by whom it is allowed."""

from datetime import datetime
from uuid import UUID

import pytest
from django.utils import timezone

from fengsui.kernel.ids import new_id
from fengsui.platform.ledger.models import Entry
from fengsui.supervision.models import Inspection
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
        "kind": "宾馆",
        "rooms": 80,
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
