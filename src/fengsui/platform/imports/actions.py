"""An intake is opened with the first batch of a long import and accepted by one short action at its end."""

import dataclasses
from uuid import UUID

from pydantic import Field

from fengsui.platform.actions import CREATE, action, perform
from fengsui.platform.calls import Call, Form, Nothing, Outcome
from fengsui.platform.imports.access import intakes_for
from fengsui.platform.imports.lifecycle import INTAKE, Move
from fengsui.platform.imports.models import Intake
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.who import REGISTRARS, PostKind

INTAKES = record_type(
    RecordType(
        name="intake",
        plural="intakes",
        title="整批导入",
        model=Intake,
        lifecycle=INTAKE,
        visible=intakes_for,
        label=str,
        listed=("kind",),
        shown=(Shown("kind", "表格种类"),),
        readers=frozenset(REGISTRARS),
    )
)
_POSTS = (*REGISTRARS, PostKind.CLOCK)
_OURS = "本系统默认"


class Opening(Form):
    kind: str = Field(title="表格种类", max_length=40)


@action(INTAKES, CREATE, "开始整批导入", posts=_POSTS, source=_OURS, inner=True)
def open_intake(_: None, call: Call, form: Opening) -> Outcome:
    return Outcome(new=Intake(kind=form.kind))


@action(INTAKES, Move.ACCEPT, "整批生效", posts=_POSTS, source=_OURS, inner=True)
def accept_intake(intake: Intake, call: Call, _: Nothing) -> Outcome:
    """From this moment all its rows count, or, if this is never done, none."""
    return Outcome()


def open_for(intake_id: UUID, kind: str, call: Call) -> None:
    child = dataclasses.replace(call.child(), new_id=intake_id)
    perform(open_intake, None, child, Opening(kind=kind))


def accept_for(intake_id: UUID, call: Call) -> None:
    perform(accept_intake, intake_id, call.child(), Nothing())
