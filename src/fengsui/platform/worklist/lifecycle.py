from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class State(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    VOID = "void"


class Move(StrEnum):
    MARK_OVERDUE = "mark_overdue"
    CORRECT = "correct"
    REASSIGN = "reassign"
    FINISH = "finish"


TASK: Lifecycle[State, Move] = Lifecycle(
    State.OPEN,
    {
        (State.OPEN, Move.MARK_OVERDUE): State.OVERDUE,
        (State.OPEN, Move.CORRECT): State.OPEN,
        (State.OVERDUE, Move.CORRECT): State.OPEN,
        (State.OPEN, Move.REASSIGN): State.OPEN,
        (State.OVERDUE, Move.REASSIGN): State.OVERDUE,
        (State.OPEN, Move.FINISH): State.DONE,
        (State.OVERDUE, Move.FINISH): State.DONE,
    },
    {
        State.OPEN: "待办",
        State.OVERDUE: "逾期",
        State.DONE: "已办",
        State.VOID: "作废",
        Move.MARK_OVERDUE: "标记逾期",
        Move.CORRECT: "更正期限",
        Move.REASSIGN: "转办",
        Move.FINISH: "办结",
    },
)

LIVING = (State.OPEN, State.OVERDUE)
