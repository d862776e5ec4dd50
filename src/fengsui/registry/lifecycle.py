from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class State(StrEnum):
    REGISTERED = "registered"
    CLOSED = "closed"


class Move(StrEnum):
    CLOSE = "close"


PREMISES: Lifecycle[State, Move] = Lifecycle(
    State.REGISTERED,
    {(State.REGISTERED, Move.CLOSE): State.CLOSED},
    {State.REGISTERED: "在册", State.CLOSED: "已关闭", Move.CLOSE: "关闭"},
)


class PremisesClass(StrEnum):
    """火灾高危单位, 重点单位, 一般单位, 九小场所 (law of the region; judged in part by rules later)."""

    HIGH_RISK = "high_risk"
    KEY = "key"
    ORDINARY = "ordinary"
    SMALL = "small"


CLASS_TITLES = {
    PremisesClass.HIGH_RISK: "火灾高危单位",
    PremisesClass.KEY: "重点单位",
    PremisesClass.ORDINARY: "一般单位",
    PremisesClass.SMALL: "九小场所",
}
