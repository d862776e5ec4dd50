from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class State(StrEnum):
    LOADED = "loaded"


class Move(StrEnum):
    pass


LOADED_YEAR: Lifecycle[State, Move] = Lifecycle(State.LOADED, {}, {State.LOADED: "已载入"})
