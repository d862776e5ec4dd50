from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class GridState(StrEnum):
    IN_USE = "in_use"
    RETIRED = "retired"


class GridMove(StrEnum):
    RETIRE = "retire"
    SPLIT = "split"
    MERGE = "merge"


GRID: Lifecycle[GridState, GridMove] = Lifecycle(
    GridState.IN_USE,
    {
        (GridState.IN_USE, GridMove.RETIRE): GridState.RETIRED,
        (GridState.IN_USE, GridMove.SPLIT): GridState.RETIRED,
        (GridState.IN_USE, GridMove.MERGE): GridState.RETIRED,
    },
    {
        GridState.IN_USE: "在用",
        GridState.RETIRED: "已停用",
        GridMove.RETIRE: "停用",
        GridMove.SPLIT: "拆分",
        GridMove.MERGE: "合并",
    },
)


class AssignmentState(StrEnum):
    SERVING = "serving"
    ENDED = "ended"


class AssignmentMove(StrEnum):
    END = "end"


ASSIGNMENT: Lifecycle[AssignmentState, AssignmentMove] = Lifecycle(
    AssignmentState.SERVING,
    {(AssignmentState.SERVING, AssignmentMove.END): AssignmentState.ENDED},
    {
        AssignmentState.SERVING: "在岗",
        AssignmentState.ENDED: "已结束",
        AssignmentMove.END: "结束",
    },
)


class HouseholdState(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"


class HouseholdMove(StrEnum):
    CLOSE = "close"


HOUSEHOLD: Lifecycle[HouseholdState, HouseholdMove] = Lifecycle(
    HouseholdState.ACTIVE,
    {(HouseholdState.ACTIVE, HouseholdMove.CLOSE): HouseholdState.CLOSED},
    {
        HouseholdState.ACTIVE: "关爱中",
        HouseholdState.CLOSED: "已注销",
        HouseholdMove.CLOSE: "注销",
    },
)


class Giver(StrEnum):
    """Who consents: the person, or who may by law or on the person's word (个人信息保护法 §14, §31)."""

    SELF = "self"
    GUARDIAN = "guardian"
    RELATIVE = "relative"


GIVER_TITLES = {
    Giver.SELF: "本人",
    Giver.GUARDIAN: "监护人",
    Giver.RELATIVE: "本人委托的近亲属",
}


class Manner(StrEnum):
    """How consent was given."""

    WRITTEN = "written"
    SPOKEN = "spoken"
    ONLINE = "online"


MANNER_TITLES = {
    Manner.WRITTEN: "书面签字",
    Manner.SPOKEN: "当面口头，有见证人",
    Manner.ONLINE: "线上确认",
}


class Because(StrEnum):
    """Why a household is struck off. A closed set: free words would name people in the ledger."""

    MOVED = "moved"
    DIED = "died"
    RELIEVED = "relieved"
    MISTAKEN = "mistaken"


BECAUSE_TITLES = {
    Because.MOVED: "搬离本辖区",
    Because.DIED: "去世",
    Because.RELIEVED: "不再需要关爱",
    Because.MISTAKEN: "登记有误",
}


class Change(StrEnum):
    """How one grid became another."""

    SPLIT = "split"
    MERGE = "merge"


CHANGE_TITLES = {Change.SPLIT: "拆分", Change.MERGE: "合并"}
