from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class State(StrEnum):
    ISSUED = "issued"
    SERVED = "served"
    VOID = "void"


class Move(StrEnum):
    SERVE = "serve"
    ANNUL = "annul"


DOCUMENT: Lifecycle[State, Move] = Lifecycle(
    State.ISSUED,
    {
        (State.ISSUED, Move.SERVE): State.SERVED,
        (State.ISSUED, Move.ANNUL): State.VOID,
        (State.SERVED, Move.ANNUL): State.VOID,
    },
    {
        State.ISSUED: "已制作",
        State.SERVED: "已送达",
        State.VOID: "已作废",
        Move.SERVE: "送达",
        Move.ANNUL: "作废",
    },
)


class BlockState(StrEnum):
    HELD = "held"
    RETURNED = "returned"


class BlockMove(StrEnum):
    RETURN = "return"


NUMBER_BLOCK: Lifecycle[BlockState, BlockMove] = Lifecycle(
    BlockState.HELD,
    {(BlockState.HELD, BlockMove.RETURN): BlockState.RETURNED},
    {
        BlockState.HELD: "持有",
        BlockState.RETURNED: "已交回",
        BlockMove.RETURN: "交回号段",
    },
)


class ConfirmationState(StrEnum):
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class ConfirmationMove(StrEnum):
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


CONFIRMATION: Lifecycle[ConfirmationState, ConfirmationMove] = Lifecycle(
    ConfirmationState.CONFIRMED,
    {
        (ConfirmationState.CONFIRMED, ConfirmationMove.WITHDRAW): ConfirmationState.WITHDRAWN,
        (ConfirmationState.CONFIRMED, ConfirmationMove.LAPSE): ConfirmationState.LAPSED,
    },
    {
        ConfirmationState.CONFIRMED: "有效",
        ConfirmationState.WITHDRAWN: "已撤回",
        ConfirmationState.LAPSED: "已失效",
        ConfirmationMove.WITHDRAW: "撤回",
        ConfirmationMove.LAPSE: "失效",
    },
)
