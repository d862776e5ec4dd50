"""Asking those who keep the register to put an entry right."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.queries import post_in
from fengsui.platform.actions import action
from fengsui.platform.calls import Call, Form, Opens, Outcome
from fengsui.platform.questions import Offers
from fengsui.platform.rules import deadline
from fengsui.platform.who import REGISTRARS, PostKind
from fengsui.platform.worklist.queries import task_open
from fengsui.registry import offers
from fengsui.registry.actions.premises import PREMISES_TYPE, PUT_RIGHT, is_not_merged
from fengsui.registry.models import Premises


class Asking(Form):
    what: str = Field(title="要核实或补充什么", min_length=2, max_length=200)
    post: Annotated[UUID, Offers(offers.registrars)] = Field(title="由谁更正")


@action(
    PREMISES_TYPE,
    None,
    "要求更正",
    posts=(*REGISTRARS, PostKind.DETACHMENT_LEADER),
    source="本系统默认",
    guard=is_not_merged,
)
def ask_correction(premises: Premises, call: Call, form: Asking) -> Outcome:
    """Give a registrar of the brigade the task to put the entry right; amending it closes the task.

    Refuses `post-elsewhere`, `not-a-registrar`, `already-asked`.
    """
    if task_open(premises.id, PUT_RIGHT):
        raise Refusal("already-asked", name=premises.name)
    post = post_in(premises.brigade_id, form.post)
    if post.kind not in REGISTRARS:
        raise Refusal("not-a-registrar", name=post.user.name)
    task = Opens(
        PUT_RIGHT,
        "更正登记资料",
        deadline("D-REGISTER", call.at, region=premises.region),
        organisation=premises.brigade_id,
        holder=post.id,
        subject=premises.name,
        note=form.what,
        record=premises,
    )
    return Outcome(opens=[task], result={"holder": post.user.name})
