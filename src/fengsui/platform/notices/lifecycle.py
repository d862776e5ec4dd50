"""How far a notice got on a channel, and the records that notices leave."""

from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class Channel(StrEnum):
    APP = "app"
    MAIL = "mail"
    SMS = "sms"
    VOICE = "voice"
    ROBOT = "robot"


CHANNEL_TITLES = {
    Channel.APP: "站内",
    Channel.MAIL: "邮件",
    Channel.SMS: "短信",
    Channel.VOICE: "语音电话",
    Channel.ROBOT: "工作群机器人",
}


OCCASION_TITLES = {
    "task.opened": "新待办",
    "task.given": "转给您的待办",
    "task.moved": "期限已更正",
    "task.due": "即将到期",
    "task.overdue": "已经逾期",
}


class Progress(StrEnum):
    """A sending is no record: it is written by the sender under a lease, like a piece of news."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    SEEN = "seen"
    FAILED = "failed"


PROGRESS_TITLES = {
    Progress.QUEUED: "待发送",
    Progress.SENT: "已发送",
    Progress.DELIVERED: "已送达",
    Progress.SEEN: "已读",
    Progress.FAILED: "发送失败",
}


class Urgency(StrEnum):
    PLAIN = "plain"
    URGENT = "urgent"


class UseState(StrEnum):
    RECORDED = "recorded"


class UseMove(StrEnum):
    """A use of an address is recorded once and never moves."""


ADDRESS_USE: Lifecycle[UseState, UseMove] = Lifecycle(
    UseState.RECORDED, {}, {UseState.RECORDED: "已记录"}
)


class WishState(StrEnum):
    STATED = "stated"


class WishMove(StrEnum):
    CHANGE = "change"


WISH: Lifecycle[WishState, WishMove] = Lifecycle(
    WishState.STATED,
    {(WishState.STATED, WishMove.CHANGE): WishState.STATED},
    {WishState.STATED: "有效", WishMove.CHANGE: "修改"},
)


class FaultState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class FaultMove(StrEnum):
    CLOSE = "close"


FAULT: Lifecycle[FaultState, FaultMove] = Lifecycle(
    FaultState.OPEN,
    {(FaultState.OPEN, FaultMove.CLOSE): FaultState.CLOSED},
    {FaultState.OPEN: "待处理", FaultState.CLOSED: "已处理", FaultMove.CLOSE: "处理"},
)
