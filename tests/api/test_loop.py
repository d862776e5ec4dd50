"""The whole loop by HTTP, as its four people with keys."""

import pytest
from django.utils import timezone

from fengsui.platform.documents.models import Document
from fengsui.platform.ledger.store import seal, sign
from fengsui.platform.ledger.verify import verify
from fengsui.platform.worklist.models import Task
from fengsui.supervision.models import Hazard
from tests import make
from tests.api.client import Program, done
from tests.api.pictures import photo
from tests.platform.ledger.adopt import adopt_everything
from tests.supervision.loop import ITEMS

pytestmark = pytest.mark.django_db


def test_found_ordered_served_put_right_and_closed_by_programs():
    team = make.Team()
    adopt_everything()
    lead, second, manager = Program(team.lead), Program(team.second), Program(team.manager)
    plan = {
        "premises": team.premises.id,
        "lead": team.lead_post.id,
        "second": team.second_post.id,
        "planned_on": timezone.localdate(),
    }
    visit = done(lead.post("inspections/plan_inspection", plan))["record"]
    assert [task["about_id"] for task in lead.get("tasks")["items"]] == [visit]

    lead.act("inspections", visit, "arrive", {"latitude": 43.6, "longitude": 122.2})
    asked = lead.get(f"inspections/{visit}")["checklist"]
    assert [item["code"] for item in asked] == ITEMS
    answers = {"answers": {item["code"]: "pass" for item in asked}}
    lead.act("inspections", visit, "record_answers", answers)
    picture = done(lead.upload(photo(), "image/jpeg", "photo.jpg"))["id"]
    finding = {
        "code": "C04",
        "place": "二层东侧疏散通道",
        "text": "堆放布草箱，净宽不足",
        "disposal": "term",
        "term_days": 15,
        "photos": [picture],
    }
    lead.act("inspections", visit, "add_finding", finding)
    shown = lead.get(f"inspections/{visit}")
    assert [photo["id"] for photo in shown["findings"][0]["photos"]] == [picture]
    assert shown["answers"]["C04"] == "fail"
    lead.act("inspections", visit, "conclude", {"accompanied_by": "刘海燕"})
    second.act("inspections", visit, "confirm_record")

    hazard = lead.get(f"inspections/{visit}")["hazards"][0]["id"]
    lead.act(
        "hazards", hazard, "order_rectification", {"days": 15, "reason": "需要采购并更换逃生门锁"}
    )
    lead.act("hazards", hazard, "serve_order", {"recipient": "刘海燕"})
    manager.act("hazards", hazard, "submit_evidence", {"text": "通道已清空，门锁已更换"})
    manager.act("hazards", hazard, "apply_reinspection")
    assert lead.get(f"hazards/{hazard}")["evidence"][0]["text"] == "通道已清空，门锁已更换"

    again = {"hazard": hazard, "second": team.second_post.id}
    back = done(lead.post("inspections/start_reinspection", again))["record"]
    lead.act("inspections", back, "arrive")
    seen = {"accompanied_by": "刘海燕", "passed": True, "remarks": "通道已清空"}
    lead.act("inspections", back, "conclude_reinspection", seen)
    second.act("inspections", back, "confirm_record")

    assert Hazard.objects.get().state == "closed"
    assert Document.objects.filter(kind="rectification-order", state="served").count() == 1
    assert not Task.objects.filter(state__in=("open", "overdue")).exists()
    seal(timezone.now())
    sign(timezone.now())
    assert verify().wrong == []
    head = Program(team.head)
    assert head.get(f"hazards/{hazard}")["state_title"] == "已销案"
    assert [row["id"] for row in head.get("inspections")["items"]] == [back, visit]
