from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class State(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"


class Move(StrEnum):
    ACCEPT = "accept"


INTAKE: Lifecycle[State, Move] = Lifecycle(
    State.OPEN,
    {(State.OPEN, Move.ACCEPT): State.ACCEPTED},
    {State.OPEN: "未生效", State.ACCEPTED: "已生效", Move.ACCEPT: "生效"},
)
