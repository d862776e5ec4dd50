from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class State(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Move(StrEnum):
    BEGIN = "begin"
    FINISH = "finish"
    FAIL = "fail"
    PAUSE = "pause"
    CANCEL = "cancel"
    RESUME = "resume"


ACTIVE = (State.QUEUED, State.RUNNING)
_STANDING = (State.PAUSED, State.FAILED, State.CANCELLED)

JOB: Lifecycle[State, Move] = Lifecycle(
    State.QUEUED,
    {
        (State.QUEUED, Move.BEGIN): State.RUNNING,
        (State.RUNNING, Move.FINISH): State.DONE,
        **{(state, Move.FAIL): State.FAILED for state in ACTIVE},
        **{(state, Move.PAUSE): State.PAUSED for state in ACTIVE},
        **{(state, Move.CANCEL): State.CANCELLED for state in (*ACTIVE, State.PAUSED)},
        **{(state, Move.RESUME): State.QUEUED for state in _STANDING},
    },
    {
        State.QUEUED: "排队",
        State.RUNNING: "进行中",
        State.PAUSED: "已暂停",
        State.DONE: "已完成",
        State.FAILED: "失败",
        State.CANCELLED: "已取消",
        Move.BEGIN: "开始",
        Move.FINISH: "完成",
        Move.FAIL: "失败",
        Move.PAUSE: "暂停",
        Move.CANCEL: "取消",
        Move.RESUME: "继续",
    },
)
