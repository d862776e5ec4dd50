from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class State(StrEnum):
    REGISTERED = "registered"
    CLOSED = "closed"
    MERGED = "merged"


class Move(StrEnum):
    CLOSE = "close"
    MERGE = "merge"


PREMISES: Lifecycle[State, Move] = Lifecycle(
    State.REGISTERED,
    {
        (State.REGISTERED, Move.CLOSE): State.CLOSED,
        (State.REGISTERED, Move.MERGE): State.MERGED,
    },
    {
        State.REGISTERED: "在册",
        State.CLOSED: "已关闭",
        State.MERGED: "已并入",
        Move.CLOSE: "关闭",
        Move.MERGE: "并入",
    },
)


class PremisesClass(StrEnum):
    """火灾高危单位, 重点单位, 一般单位, 九小场所; or not judged yet, because a fact is missing."""

    HIGH_RISK = "high_risk"
    KEY = "key"
    ORDINARY = "ordinary"
    SMALL = "small"
    UNJUDGED = "unjudged"


CLASS_TITLES = {
    PremisesClass.HIGH_RISK: "火灾高危单位",
    PremisesClass.KEY: "重点单位",
    PremisesClass.ORDINARY: "一般单位",
    PremisesClass.SMALL: "九小场所",
    PremisesClass.UNJUDGED: "待核定",
}
# What a rulebook or an officer can decide, and what a paper may name.
DECIDED = tuple(one for one in PremisesClass if one is not PremisesClass.UNJUDGED)


class Role(StrEnum):
    """Who answers for fire safety in a unit (消防法 §16, §17)."""

    OWNER = "responsible"
    MANAGER = "manager"


ROLE_TITLES = {Role.OWNER: "消防安全责任人", Role.MANAGER: "消防安全管理人"}


class BuildingState(StrEnum):
    STANDING = "standing"
    GONE = "gone"


class BuildingMove(StrEnum):
    REMOVE = "remove"


BUILDING: Lifecycle[BuildingState, BuildingMove] = Lifecycle(
    BuildingState.STANDING,
    {(BuildingState.STANDING, BuildingMove.REMOVE): BuildingState.GONE},
    {
        BuildingState.STANDING: "在用",
        BuildingState.GONE: "已拆除",
        BuildingMove.REMOVE: "拆除",
    },
)


class DeclarationState(StrEnum):
    DECLARED = "declared"
    LISTED = "listed"
    DECLINED = "declined"
    REMOVED = "removed"


# One of these at a time for a premises.
LIVING_DECLARATION = (DeclarationState.DECLARED, DeclarationState.LISTED)


class DeclarationMove(StrEnum):
    LIST = "list"
    DECLINE = "decline"
    REMOVE = "remove"
    LAPSE = "lapse"


DECLARATION: Lifecycle[DeclarationState, DeclarationMove] = Lifecycle(
    DeclarationState.DECLARED,
    {
        (DeclarationState.DECLARED, DeclarationMove.LIST): DeclarationState.LISTED,
        (DeclarationState.DECLARED, DeclarationMove.DECLINE): DeclarationState.DECLINED,
        (DeclarationState.LISTED, DeclarationMove.REMOVE): DeclarationState.REMOVED,
        (DeclarationState.DECLARED, DeclarationMove.LAPSE): DeclarationState.REMOVED,
        (DeclarationState.LISTED, DeclarationMove.LAPSE): DeclarationState.REMOVED,
    },
    {
        DeclarationState.DECLARED: "已申报，待核定",
        DeclarationState.LISTED: "已列为重点单位",
        DeclarationState.DECLINED: "核定不列入",
        DeclarationState.REMOVED: "已调出",
        DeclarationMove.LIST: "核定列入",
        DeclarationMove.DECLINE: "核定不列入",
        DeclarationMove.REMOVE: "调出",
        DeclarationMove.LAPSE: "随场所终止",
    },
)


class ClaimState(StrEnum):
    ISSUED = "issued"
    USED = "used"
    CANCELLED = "cancelled"


class ClaimMove(StrEnum):
    USE = "use"
    CANCEL = "cancel"


CLAIM: Lifecycle[ClaimState, ClaimMove] = Lifecycle(
    ClaimState.ISSUED,
    {
        (ClaimState.ISSUED, ClaimMove.USE): ClaimState.USED,
        (ClaimState.ISSUED, ClaimMove.CANCEL): ClaimState.CANCELLED,
    },
    {
        ClaimState.ISSUED: "待认领",
        ClaimState.USED: "已认领",
        ClaimState.CANCELLED: "已作废",
        ClaimMove.USE: "认领",
        ClaimMove.CANCEL: "作废",
    },
)
