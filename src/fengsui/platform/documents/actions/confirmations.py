"""A unit agrees to be served electronically, takes it back, or has nobody left who reads."""

from typing import Annotated, Literal

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calls import PERSONAL, Call, Form, Nothing, Outcome
from fengsui.platform.documents.access import confirmations_for
from fengsui.platform.documents.lifecycle import CONFIRMATION, ConfirmationMove
from fengsui.platform.documents.models import DeliveryConfirmation
from fengsui.platform.documents.queries import confirmation_of
from fengsui.platform.questions import Titles
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.reveal import revealable
from fengsui.platform.who import ENFORCERS, OFFICERS, REGISTRARS, PostKind

CONFIRMATIONS = record_type(
    RecordType(
        name="delivery_confirmation",
        plural="delivery-confirmations",
        title="电子送达确认书",
        model=DeliveryConfirmation,
        lifecycle=CONFIRMATION,
        visible=confirmations_for,
        label=str,
        listed=("unit_name", "recipient", "signed_at"),
        shown=(
            Shown("unit_name", "单位"),
            Shown("recipient", "收件人"),
            Shown("address", "电子邮箱"),
            Shown("phone", "手机"),
            Shown("signed_by", "签署人"),
            Shown("signed_at", "签署时间"),
        ),
        readers=OFFICERS | {PostKind.PREMISES_MANAGER},
    )
)
reveal_confirmation = revealable(CONFIRMATIONS, posts=(*ENFORCERS, PostKind.PREMISES_MANAGER))


class Confirming(Form):
    """The unit signs in its manager's post: where papers may be sent, and to whom."""

    recipient: str = Field(title="收件人", min_length=2, max_length=60)
    address: Annotated[str, PERSONAL] = Field(
        title="电子邮箱", max_length=120, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
    )
    phone: Annotated[str, PERSONAL] = Field(
        title="手机", max_length=20, pattern=r"^\+?[0-9-]{7,20}$"
    )
    agreed: Annotated[Literal["yes"], Titles({"yes": "同意"})] = Field(
        title="同意以上述地址接受电子送达，到达即为送达"
    )


class Lapsed(Form):
    reason: str = Field(title="原因", min_length=2, max_length=200)


@action(
    CONFIRMATIONS,
    CREATE,
    "签署电子送达确认书",
    posts=(PostKind.PREMISES_MANAGER,),
    source="行政处罚法 §61",
)
def confirm_delivery(_: None, call: Call, form: Confirming) -> Outcome:
    """The unit may be served electronically from now on. Refuses `confirmed-already`."""
    if call.who.organisation_id is None or confirmation_of(call.who.organisation_id):
        raise Refusal("confirmed-already")
    return Outcome(
        new=DeliveryConfirmation(
            unit_id=call.who.organisation_id,
            unit_name=call.who.organisation,
            region=call.who.region,
            recipient=form.recipient,
            address=form.address,
            phone=form.phone,
            signed_by=call.who.name,
            signed_at=call.at,
        )
    )


@action(
    CONFIRMATIONS,
    ConfirmationMove.WITHDRAW,
    "撤回电子送达确认书",
    posts=(PostKind.PREMISES_MANAGER,),
    source="行政处罚法 §61",
)
def withdraw_confirmation(confirmation: DeliveryConfirmation, call: Call, _: Nothing) -> Outcome:
    """From now on papers come otherwise; what was served before stays served."""
    return Outcome()


@action(
    CONFIRMATIONS,
    ConfirmationMove.LAPSE,
    "电子送达确认书失效",
    posts=REGISTRARS,
    source="行政处罚法 §61",
    inner=True,
)
def lapse_confirmation(confirmation: DeliveryConfirmation, call: Call, form: Lapsed) -> Outcome:
    """Whoever read the unit's papers does so no longer: the next one confirms anew."""
    return Outcome(result={"reason": form.reason})
