from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class State(StrEnum):
    LOADED = "loaded"


class Move(StrEnum):
    pass


LOADED_YEAR: Lifecycle[State, Move] = Lifecycle(State.LOADED, {}, {State.LOADED: "已载入"})


class AwaitedState(StrEnum):
    AWAITED = "awaited"
    KNOWN = "known"


class AwaitedMove(StrEnum):
    SETTLE = "settle"


AWAITED_YEAR: Lifecycle[AwaitedState, AwaitedMove] = Lifecycle(
    AwaitedState.AWAITED,
    {(AwaitedState.AWAITED, AwaitedMove.SETTLE): AwaitedState.KNOWN},
    {
        AwaitedState.AWAITED: "待载入",
        AwaitedState.KNOWN: "已有放假安排",
        AwaitedMove.SETTLE: "办结",
    },
)
