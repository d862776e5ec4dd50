from enum import StrEnum

from fengsui.kernel.lifecycle import Lifecycle


class OrganisationState(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"


class OrganisationMove(StrEnum):
    CLOSE = "close"


ORGANISATION: Lifecycle[OrganisationState, OrganisationMove] = Lifecycle(
    OrganisationState.ACTIVE,
    {(OrganisationState.ACTIVE, OrganisationMove.CLOSE): OrganisationState.CLOSED},
    {
        OrganisationState.ACTIVE: "在册",
        OrganisationState.CLOSED: "撤销",
        OrganisationMove.CLOSE: "撤销",
    },
)


class PostState(StrEnum):
    HELD = "held"
    ON_LEAVE = "on_leave"
    ENDED = "ended"


class PostMove(StrEnum):
    LEAVE = "leave"
    RETURN = "return"
    END = "end"


POST: Lifecycle[PostState, PostMove] = Lifecycle(
    PostState.HELD,
    {
        (PostState.HELD, PostMove.LEAVE): PostState.ON_LEAVE,
        (PostState.ON_LEAVE, PostMove.RETURN): PostState.HELD,
        (PostState.HELD, PostMove.END): PostState.ENDED,
        (PostState.ON_LEAVE, PostMove.END): PostState.ENDED,
    },
    {
        PostState.HELD: "在岗",
        PostState.ON_LEAVE: "休假，由代理人履职",
        PostState.ENDED: "已离任",
        PostMove.LEAVE: "休假并指定代理",
        PostMove.RETURN: "销假",
        PostMove.END: "离任",
    },
)


class CertificateState(StrEnum):
    VALID = "valid"
    WITHDRAWN = "withdrawn"


class CertificateMove(StrEnum):
    WITHDRAW = "withdraw"


CERTIFICATE: Lifecycle[CertificateState, CertificateMove] = Lifecycle(
    CertificateState.VALID,
    {(CertificateState.VALID, CertificateMove.WITHDRAW): CertificateState.WITHDRAWN},
    {
        CertificateState.VALID: "有效",
        CertificateState.WITHDRAWN: "已收回",
        CertificateMove.WITHDRAW: "收回",
    },
)
