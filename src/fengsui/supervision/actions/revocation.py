"""An order taken back: its paper is void, its hazard stands as found, and a new order falls due."""

from typing import Any

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import action, perform
from fengsui.platform.calls import Call, Closes, Form, Outcome
from fengsui.platform.documents import actions as documents
from fengsui.platform.documents.queries import document_of
from fengsui.platform.who import PostKind, Who
from fengsui.supervision.actions.hazard import HAZARDS, to_order
from fengsui.supervision.lifecycle import PAPER, Disposal, HazardMove
from fengsui.supervision.models import Hazard
from fengsui.supervision.queries import hazard_findings, is_reinspected_now

# What an order sets on its hazard; a new order starts from the findings again.
_NOTHING_ORDERED: dict[str, Any] = {
    "ordered_at": None,
    "reason": "",
    "measures": "",
    "due_on": None,
    "provisional": False,
    "served_at": None,
    "extension": "",
    "extension_days": None,
    "extension_reason": "",
}
_OF_AN_ORDER = ("serve", "rectify", "reinspect", "reinspect_early", "extension", "overdue")


class Revocation(Form):
    reason: str = Field(title="撤销理由", min_length=4, max_length=200)


def _may_revoke(hazard: Hazard, who: Who) -> None:
    if who.organisation_id != hazard.brigade_id:
        raise Refusal("other-brigade", number=hazard.number)


@action(
    HAZARDS,
    HazardMove.REVOKE,
    "撤销责令",
    posts=(PostKind.BRIGADE_HEAD,),
    source="本系统默认",
    guard=_may_revoke,
    rules=("T-19b",),
)
def revoke_order(hazard: Hazard, call: Call, form: Revocation) -> Outcome:
    """Served or not, the order is void with its reason, and all that it set going ends.

    The order that replaces it is due as the first was, counted from the visit (T-19b).
    Refuses `reinspection-underway`: the officers on the spot finish first.
    """
    if is_reinspected_now(hazard):
        raise Refusal("reinspection-underway", number=hazard.number)
    order = document_of(hazard.id, PAPER[Disposal(hazard.disposal)])
    perform(documents.annul, order, call.child(), documents.Reason(reason=form.reason))
    return Outcome(
        changes=_NOTHING_ORDERED | {"term_days": hazard_findings(hazard)[0].term_days},
        closes=[Closes(kind, done=False) for kind in _OF_AN_ORDER],
        opens=[to_order(hazard, "order", "制作")],
        result={"reason": form.reason, "order": order.number},
    )
