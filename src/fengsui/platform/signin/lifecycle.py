from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class TicketState(StrEnum):
    ISSUED = "issued"
    USED = "used"
    VOID = "void"


class TicketMove(StrEnum):
    USE = "use"
    CANCEL = "cancel"


TICKET: Lifecycle[TicketState, TicketMove] = Lifecycle(
    TicketState.ISSUED,
    {
        (TicketState.ISSUED, TicketMove.USE): TicketState.USED,
        (TicketState.ISSUED, TicketMove.CANCEL): TicketState.VOID,
    },
    {
        TicketState.ISSUED: "待使用",
        TicketState.USED: "已使用",
        TicketState.VOID: "已作废",
        TicketMove.USE: "使用",
        TicketMove.CANCEL: "作废",
    },
)


class PhoneState(StrEnum):
    BOUND = "bound"
    REVOKED = "revoked"


class PhoneMove(StrEnum):
    REVOKE = "revoke"


PHONE: Lifecycle[PhoneState, PhoneMove] = Lifecycle(
    PhoneState.BOUND,
    {(PhoneState.BOUND, PhoneMove.REVOKE): PhoneState.REVOKED},
    {
        PhoneState.BOUND: "已绑定",
        PhoneState.REVOKED: "已解除",
        PhoneMove.REVOKE: "解除绑定",
    },
)
