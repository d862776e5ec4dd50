"""The least that each action asks to be told: one line per action, added with the action."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from fengsui.kernel.ids import new_id
from fengsui.platform.actions import ACTIONS
from fengsui.platform.calls import Form, Nothing
from fengsui.platform.signin.secrets import code_digest
from fengsui.platform.who import PostKind
from fengsui.registry.models import ClaimCode, Premises
from fengsui.supervision.models import Inspection
from tests import make
from tests.permissions.records import RECORDS
from tests.permissions.stage import VILLAGE, Stage
from tests.supervision import loop

Said = dict[str, Any]
TODAY = make.NOON.date()


def _plan(stage: Stage, _: Any) -> Said:
    return {
        "premises": stage.premises.id,
        "lead": stage.lead_post.id,
        "second": stage.second_post.id,
        "planned_on": TODAY,
    }


def _discovery(stage: Stage, _: Any) -> Said:
    visit = RECORDS["inspection"](stage, "concluded")
    found = [str(finding.id) for finding in Inspection.objects.get(id=visit.id).findings.all()]
    return {"inspection": visit.id, "title": "通道堵塞", "findings": found, "disposal": "immediate"}


def _extension(*_: Any) -> Said:
    return {
        "days": 10,
        "reason": "门锁到货推迟",
        "plan": "到货当日更换",
        "measures": "专人看护，每两小时巡查",
    }


def _year(*_: Any) -> Said:
    return {
        "year": 2027,
        "holidays": {
            date(2027, 1, 1): "元旦",
            **{date(2027, 2, day): "春节" for day in range(5, 12)},
            date(2027, 4, 5): "清明节",
            **{date(2027, 5, day): "劳动节" for day in (1, 2)},
            date(2027, 6, 9): "端午节",
            date(2027, 9, 15): "中秋节",
            **{date(2027, 10, day): "国庆节" for day in range(1, 8)},
        },
        "workdays": (date(2027, 2, 20),),
        "source": "假定的 2027 年放假安排",
    }


def _reinspect(stage: Stage, _: Any) -> Said:
    return {"hazard": loop.served(stage).id, "second": stage.second_post.id}


PREMISES = {
    "name": "顺达五金店",
    "region": "150502001000",
    "address": "民主街 7 号",
    "kind": "商场",
    "area_m2": 80,
    "responsible_name": "王立新",
    "responsible_phone": "13904750000",
}


def _twin(stage: Stage, _: Any) -> Said:
    return {"other": make.premises(stage.brigade).id, "reason": "同一处的两次登记"}


def _survivor(stage: Stage, _: Any) -> Said:
    return {"into": make.premises(stage.brigade).id}


def _paper(stage: Stage, _: Any) -> Said:
    """A door, and the code that an officer gave for it."""
    code = RECORDS["claim_code"](stage, "issued")
    ClaimCode.objects.filter(pk=code.pk).update(digest=code_digest("7K3M-9QRT-WXYZ"))
    Premises.objects.filter(pk=code.premises_id).update(door_code="8K3M9QRTWX")
    return {"door": "8K3M9QRTWX", "code": "7K3M-9QRT-WXYZ"}


def _part(stage: Stage, _: Any) -> Said:
    return {"building": RECORDS["building"](stage, "standing").id, "building_part": "一层"}


BUILDING = {"name": "民主大厦", "region": "150502001000", "address": "民主街 7 号"}
DECIDED = {"decision": "经现场核查属实"}
PERSON = {"name": "李红梅", "phone": "13904751111"}
FORMS: dict[str, Callable[[Stage, Any], Said]] = {
    "organisation.create_organisation": lambda *_: {
        "name": "顺达五金店",
        "kind": "unit",
        "region": "150502001000",
    },
    "organisation.enter_unit": lambda *_: {"name": "西辽河面粉厂", "region": "150502001000"},
    "organisation.close_organisation": lambda *_: {"reason": "注销"},
    "post.appoint": lambda stage, _: {
        "username": "zhao.gq",
        "name": "赵国庆",
        "organisation": stage.premises.unit_id,
        "kind": "premises_manager",
    },
    "post.go_on_leave": lambda *_: {"deputy": "deputy", "until": TODAY + timedelta(days=5)},
    "post.return_from_leave": lambda *_: {},
    "post.end_manager": lambda *_: {"reason": "更换消防安全管理人"},
    "post.claim_premises": _paper,
    "post.claim_as_newcomer": lambda stage, record: {
        **_paper(stage, record),
        "name": "赵国庆",
        "username": "zhao.gq",
        "phone": "13904750000",
    },
    "post.end_post": lambda *_: {"reason": "调离"},
    "certificate.register_certificate": lambda stage, _: {
        "username": stage.deputy.username,
        "number": "ZF-2026-001",
        "issued_on": date(2026, 1, 1),
        "valid_until": date(2031, 1, 1),
    },
    "certificate.withdraw_certificate": lambda *_: {"reason": "调离执法岗位"},
    "api_key.issue_key": lambda stage, _: {
        "post": stage.lead_post.id,
        "name": "与政务平台对接",
        "digest": "7" * 64,
    },
    "api_key.revoke": lambda *_: {"reason": "对接结束"},
    "ticket.issue_ticket": lambda stage, _: {
        "username": make.username(stage.manager),
        "kind": "link",
        "digest": "8" * 64,
    },
    "ticket.use_ticket": lambda *_: {"name": "安卓手机"},
    "ticket.cancel_ticket": lambda *_: {},
    "phone.bind_phone": lambda stage, _: {"name": "安卓手机", "user": stage.manager.user_id},
    "phone.replace_phone": lambda *_: {},
    "phone.revoke_phone": lambda *_: {},
    "document.serve": lambda *_: {"recipient": "刘海燕"},
    "document.annul": lambda *_: {"reason": "当事人名称写错"},
    "delivery_confirmation.confirm_delivery": lambda *_: {
        "recipient": "刘海燕",
        "address": "liu@example.com",
        "phone": "13904750000",
        "agreed": "yes",
    },
    "delivery_confirmation.reveal": lambda *_: {"field": "phone", "reason": "通知送达"},
    "delivery_confirmation.lapse_confirmation": lambda *_: {"reason": "更换消防安全管理人"},
    "delivery_confirmation.withdraw_confirmation": lambda *_: {},
    "number_block.take_block": lambda *_: {"kind": "rectification-order", "count": 5},
    "number_block.return_block": lambda *_: {"reason": "离线检查结束"},
    "task.mark_overdue": lambda *_: {},
    "task.correct_deadline": lambda *_: {"calendar": "2027-假定"},
    "task.reassign": lambda stage, _: {"post": stage.second_post.id, "reason": "外出培训"},
    "task.fall_back": lambda *_: {},
    "calendar_year.load_year": _year,
    "awaited_year.await_year": lambda stage, _: {
        "year": 2027,
        "organisation": stage.brigade.id,
    },
    "awaited_year.settle_year": lambda *_: {},
    "notice_wish.state_wish": lambda *_: {"by_sms": True},
    "notice_wish.change_wish": lambda *_: {"by_sms": True},
    "address_use.record_use": lambda stage, _: {
        "sending": new_id(),
        "channel": "sms",
        "receiver": f"post:{stage.manager.post_id}",
        "occasion": "task.opened",
        "about_type": "premises",
        "about_id": stage.premises.id,
    },
    "channel_fault.report_fault": lambda *_: {"channel": "sms", "error": "网关无应答"},
    "channel_fault.close_fault": lambda *_: {"remedy": "已更换网关地址"},
    "job.start": lambda *_: {"kind": "export-hazards"},
    "job.begin": lambda *_: {},
    "job.finish": lambda *_: {},
    "job.fail": lambda *_: {"error": "磁盘已满"},
    "job.pause": lambda *_: {},
    "job.cancel": lambda *_: {},
    "job.resume": lambda *_: {},
    "premises.reveal": lambda *_: {"field": "responsible_phone", "reason": "通知复查时间"},
    "premises.register_premises": lambda *_: PREMISES,
    "premises.amend_premises": lambda *_: PREMISES,
    "premises.enter_premises": lambda stage, _: {
        "unit": stage.premises.unit_id,
        "fields": {
            **dict.fromkeys(("responsible_name", "responsible_phone"), ""),
            **dict.fromkeys(("manager_name", "manager_phone"), ""),
            "name": "西辽河面粉厂",
            "region": stage.premises.region,
            "brigade_id": stage.brigade.id,
            "premises_class": "unjudged",
        },
    },
    "premises.correct_premises": lambda *_: PREMISES,
    "premises.ask_correction": lambda stage, _: {"post": stage.second_post.id, "what": "补坐标"},
    "premises.close_premises": lambda *_: {"reason": "停业拆除"},
    "premises.move_premises": lambda *_: {
        "region": "150502001000",
        "address": "平安街 1 号",
        "reason": "租约到期",
    },
    "premises.merge_premises": _twin,
    "premises.absorb": _survivor,
    "premises.point_on": _survivor,
    "premises.reclassify": lambda *_: {
        "premises_class": "high_risk",
        "reason": "地下仓储与商场连通",
        "source": "现场核查",
    },
    "premises.grade_premises": lambda *_: {"hazard_grade": "二级", "reason": "夜间营业、人员密集"},
    "premises.rejudge": lambda *_: {},
    "premises.change_responsible": lambda *_: PERSON,
    "premises.change_manager": lambda *_: PERSON,
    "premises.place_in_building": _part,
    "premises.renew_door_code": lambda *_: {"reason": "门牌被揭"},
    "building.register_building": lambda *_: BUILDING,
    "building.amend_building": lambda *_: BUILDING,
    "building.name_common_manager": lambda stage, _: {"premises": stage.premises.id},
    "building.vacate_common_parts": lambda stage, _: {
        "premises": stage.premises.id,
        "reason": "停业拆除",
    },
    "building.remove_building": lambda *_: {"reason": "整体拆除"},
    "key_declaration.declare_key": lambda stage, _: {
        "premises": stage.premises.id,
        "grounds": "营业面积近千平方米",
    },
    "key_declaration.list_key": lambda *_: DECIDED,
    "key_declaration.decline_key": lambda *_: DECIDED,
    "key_declaration.remove_key": lambda *_: DECIDED,
    "key_declaration.lapse_key": lambda *_: {"reason": "停业拆除"},
    "claim_code.issue_claim_code": lambda stage, _: {
        "premises": stage.premises.id,
        "digest": "9" * 64,
    },
    "claim_code.cancel_claim_code": lambda *_: {"reason": "纸张丢失"},
    "claim_code.use_claim_code": lambda *_: {"name": "赵国庆"},
    "grid.open_grid": lambda *_: {"region": VILLAGE, "number": "09", "name": "明仁第九网格"},
    "grid.enter_grid": lambda *_: {"region": VILLAGE, "number": "09", "name": "明仁第九网格"},
    "grid.correct_grid": lambda *_: {"number": "01", "name": "明仁东网格"},
    "grid.rename_grid": lambda *_: {"number": "01", "name": "明仁东网格"},
    "grid.retire_grid": lambda *_: {"reason": "整体拆迁"},
    "grid.split_grid": lambda *_: {
        "parts": {"01-1": "明仁东网格", "01-2": "明仁西网格"},
        "reason": "户数过多",
    },
    "grid.merge_grids": lambda stage, grid: {
        "others": (stage.grid("08", assigned=False).id,),
        "number": "10",
        "name": "明仁大网格",
        "reason": "人员精简",
    },
    "grid.join_grid": lambda stage, grid: {
        "into": stage.grid("08", assigned=False).id,
        "reason": "人员精简",
    },
    "grid_assignment.assign_worker": lambda stage, _: {
        "grid": stage.grid("08", assigned=False).id,
        "post": stage.who(PostKind.GRID_WORKER).post_id,
    },
    "grid_assignment.end_assignment": lambda *_: {"reason": "轮换"},
    "household.reveal": lambda *_: {"field": "phone", "reason": "上门前联系"},
    "household.register_household": lambda stage, _: {
        "grid": stage.grid("08").id,
        "kinds": ("独居老人",),
    },
    "household.enter_household": lambda stage, _: {
        "grid": stage.grid("08").id,
        "kinds": ("独居老人",),
    },
    "household.amend_household": lambda *_: {"kinds": ("独居老人",), "name": "王秀兰"},
    "household.record_consent": lambda *_: {"giver": "self", "manner": "written", "told": True},
    "household.withdraw_consent": lambda *_: {"sure": True},
    "household.move_household": lambda stage, _: {"grid": stage.grid("08").id},
    "household.go_along": lambda stage, _: {"grid": stage.grid("08").id},
    "household.close_household": lambda *_: {"because": "moved"},
    "inspection.plan_inspection": _plan,
    "inspection.arrive": lambda *_: {},
    "inspection.record_answers": lambda *_: {"answers": {"C01": "pass"}},
    "inspection.add_finding": lambda *_: {
        "code": "C05",
        "place": "一层大厅",
        "text": "安全出口标志损坏",
        "disposal": "corrected",
        "corrected": "已更换标志，当场复看",
    },
    "inspection.withdraw_finding": lambda _, visit: {
        "finding": visit.findings.get().id,
        "reason": "看错部位",
    },
    "inspection.conclude": lambda *_: {"accompanied_by": "刘海燕"},
    "inspection.send_back": lambda *_: {"reason": "照片不清楚"},
    "inspection.confirm_record": lambda *_: {},
    "inspection.give_up": lambda *_: {"why": "closed", "note": "卷帘门紧锁"},
    "inspection.cancel": lambda *_: {"reason": "与专项检查合并"},
    "inspection.start_reinspection": _reinspect,
    "inspection.conclude_reinspection": lambda *_: {
        "accompanied_by": "刘海燕",
        "passed": True,
        "remarks": "通道已清空",
    },
    "hazard.open_hazard": _discovery,
    "hazard.order_rectification": lambda *_: {"days": 15, "reason": "需要采购并更换逃生门锁"},
    "hazard.serve_order": lambda *_: {"recipient": "刘海燕"},
    "hazard.submit_evidence": lambda *_: {"text": "通道已经清空"},
    "hazard.apply_reinspection": lambda *_: {},
    "hazard.pass_reinspection": lambda *_: {},
    "hazard.fail_early": lambda *_: {},
    "hazard.fail_reinspection": lambda *_: {},
    "hazard.instruct": lambda *_: {"measure": "case", "text": "依法立案处罚"},
    "hazard.request_extension": _extension,
    "hazard.grant_extension": lambda *_: {"reason": "同意"},
    "hazard.refuse_extension": lambda *_: {"reason": "理由不充分"},
    "hazard.revoke_order": lambda *_: {"reason": "当事人名称写错，另行制作"},
    "hazard.recount_term": lambda *_: {"due_on": date(2026, 3, 18), "provisional": False},
}


def form_for(stage: Stage, action: str, record: Any) -> Form:
    """The smallest valid form of an action on `record`."""
    declared = ACTIONS[action]
    if declared.form is Nothing:
        return Nothing()
    return declared.form(**FORMS[action](stage, record))
