from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class State(StrEnum):
    VALID = "valid"
    REVOKED = "revoked"


class Move(StrEnum):
    REVOKE = "revoke"


API_KEY: Lifecycle[State, Move] = Lifecycle(
    State.VALID,
    {(State.VALID, Move.REVOKE): State.REVOKED},
    {State.VALID: "有效", State.REVOKED: "已吊销", Move.REVOKE: "吊销"},
)
