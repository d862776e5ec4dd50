from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class InspectionState(StrEnum):
    PLANNED = "planned"
    UNDERWAY = "underway"
    CONCLUDED = "concluded"
    CONFIRMED = "confirmed"
    UNVISITED = "unvisited"
    CANCELLED = "cancelled"


class InspectionMove(StrEnum):
    ARRIVE = "arrive"
    CONCLUDE = "conclude"
    SEND_BACK = "send_back"
    CONFIRM = "confirm"
    GIVE_UP = "give_up"
    CANCEL = "cancel"


_I, _IM = InspectionState, InspectionMove
INSPECTION: Lifecycle[InspectionState, InspectionMove] = Lifecycle(
    _I.PLANNED,
    {
        (_I.PLANNED, _IM.ARRIVE): _I.UNDERWAY,
        (_I.UNDERWAY, _IM.CONCLUDE): _I.CONCLUDED,
        (_I.CONCLUDED, _IM.SEND_BACK): _I.UNDERWAY,
        (_I.CONCLUDED, _IM.CONFIRM): _I.CONFIRMED,
        (_I.PLANNED, _IM.GIVE_UP): _I.UNVISITED,
        (_I.UNDERWAY, _IM.GIVE_UP): _I.UNVISITED,
        (_I.PLANNED, _IM.CANCEL): _I.CANCELLED,
    },
    {
        _I.PLANNED: "待检查",
        _I.UNDERWAY: "检查中",
        _I.CONCLUDED: "待第二人确认",
        _I.CONFIRMED: "已完成",
        _I.UNVISITED: "未能检查",
        _I.CANCELLED: "已取消",
        _IM.ARRIVE: "到场",
        _IM.CONCLUDE: "结束检查",
        _IM.SEND_BACK: "退回补充",
        _IM.CONFIRM: "确认记录",
        _IM.GIVE_UP: "登记未能检查",
        _IM.CANCEL: "取消",
    },
)


class InspectionKind(StrEnum):
    SPOT_CHECK = "spot_check"
    REINSPECTION = "reinspection"


KIND_TITLES = {
    InspectionKind.SPOT_CHECK: "监督抽查",
    InspectionKind.REINSPECTION: "复查",
}


# The forms of inspection of 消防监督检查规定 §6 and of a record: the one made is ticked, the rest struck.
INSPECTION_FORMS = (
    "监督抽查",
    "投入使用、营业前检查",
    "举报投诉核查",
    "大型群众性活动举办前检查",
    "施工工地检查",
    "复查",
    "其他",
)


class Result(StrEnum):
    """What a checklist item was found to be."""

    PASS = "pass"  # noqa: S105  a result, not a secret
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


RESULT_TITLES = {Result.PASS: "合格", Result.FAIL: "不合格", Result.NOT_APPLICABLE: "不涉及"}


class Disposal(StrEnum):
    """What follows from a finding (消防监督检查规定 §19)."""

    CORRECTED = "corrected"
    IMMEDIATE = "immediate"
    TERM = "term"


DISPOSAL_TITLES = {
    Disposal.CORRECTED: "当场改正",
    Disposal.IMMEDIATE: "责令立即改正",
    Disposal.TERM: "责令限期改正",
}


PAPER = {Disposal.IMMEDIATE: "immediate-order", Disposal.TERM: "rectification-order"}


class HazardState(StrEnum):
    FOUND = "found"
    ORDERED = "ordered"
    RECTIFYING = "rectifying"
    REPORTED = "reported"
    OVERDUE = "overdue"
    CLOSED = "closed"


class HazardMove(StrEnum):
    ORDER = "order"
    SERVE = "serve"
    EXTEND = "extend"
    APPLY = "apply"
    PASS = "pass"  # noqa: S105
    FAIL_EARLY = "fail_early"
    FAIL = "fail"
    REVOKE = "revoke"


_H, _HM = HazardState, HazardMove
HAZARD: Lifecycle[HazardState, HazardMove] = Lifecycle(
    _H.FOUND,
    {
        (_H.FOUND, _HM.ORDER): _H.ORDERED,
        (_H.ORDERED, _HM.SERVE): _H.RECTIFYING,
        (_H.RECTIFYING, _HM.EXTEND): _H.RECTIFYING,
        (_H.RECTIFYING, _HM.APPLY): _H.REPORTED,
        (_H.RECTIFYING, _HM.PASS): _H.CLOSED,
        (_H.REPORTED, _HM.PASS): _H.CLOSED,
        (_H.OVERDUE, _HM.PASS): _H.CLOSED,
        (_H.RECTIFYING, _HM.FAIL_EARLY): _H.RECTIFYING,
        (_H.REPORTED, _HM.FAIL_EARLY): _H.RECTIFYING,
        (_H.RECTIFYING, _HM.FAIL): _H.OVERDUE,
        (_H.REPORTED, _HM.FAIL): _H.OVERDUE,
        (_H.OVERDUE, _HM.FAIL): _H.OVERDUE,
        (_H.ORDERED, _HM.REVOKE): _H.FOUND,
        (_H.RECTIFYING, _HM.REVOKE): _H.FOUND,
        (_H.REPORTED, _HM.REVOKE): _H.FOUND,
        (_H.OVERDUE, _HM.REVOKE): _H.FOUND,
    },
    {
        _H.FOUND: "已发现",
        _H.ORDERED: "已责令，待送达",
        _H.RECTIFYING: "改正中",
        _H.REPORTED: "已申请复查",
        _H.OVERDUE: "逾期未改正",
        _H.CLOSED: "已销案",
        _HM.ORDER: "责令改正",
        _HM.SERVE: "送达",
        _HM.EXTEND: "批准延期",
        _HM.APPLY: "申请复查",
        _HM.PASS: "复查合格",
        _HM.FAIL_EARLY: "提前复查不合格",
        _HM.FAIL: "复查不合格",
        _HM.REVOKE: "撤销责令",
    },
)
