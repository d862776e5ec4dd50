"""What happens to a paper: it is served, or its number is made void; numbers are held in blocks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calls import Call, Form, Outcome
from fengsui.platform.documents import store
from fengsui.platform.documents.access import blocks_for, documents_for
from fengsui.platform.documents.finding import DOCUMENTS_FOUND_BY
from fengsui.platform.documents.kinds import DOCUMENT_KINDS, kind_named
from fengsui.platform.documents.lifecycle import (
    DOCUMENT,
    NUMBER_BLOCK,
    BlockMove,
    Move,
)
from fengsui.platform.documents.models import Document, NumberBlock, Service
from fengsui.platform.documents.queries import confirmation_of, held_by
from fengsui.platform.questions import Choice, Offers, Titles
from fengsui.platform.records import Record, RecordType, Shown, record_type
from fengsui.platform.rules import local_day
from fengsui.platform.who import ENFORCERS, OFFICERS, PostKind, Who

DOCUMENTS = record_type(
    RecordType(
        name="document",
        plural="documents",
        title="文书",
        model=Document,
        lifecycle=DOCUMENT,
        visible=documents_for,
        label=str,
        found_by=DOCUMENTS_FOUND_BY,
        listed=("number", "title", "party", "issued_at"),
        shown=(
            Shown("number", "文号"),
            Shown("title", "文种"),
            Shown("party", "当事人"),
            Shown("issued_at", "制作时间"),
            Shown("served_at", "送达时间"),
            Shown("void_reason", "作废原因"),
        ),
        readers=OFFICERS | {PostKind.PREMISES_MANAGER},
    )
)


NUMBER_BLOCKS = record_type(
    RecordType(
        name="number_block",
        plural="number-blocks",
        title="号段",
        model=NumberBlock,
        lifecycle=NUMBER_BLOCK,
        visible=blocks_for,
        label=str,
        listed=("kind", "year", "first", "last", "holder_name"),
        shown=(
            Shown("kind", "文种", DOCUMENT_KINDS),
            Shown("year", "年度"),
            Shown("first", "起号"),
            Shown("last", "止号"),
            Shown("holder_name", "持有人"),
            Shown("reason", "交回说明"),
        ),
        readers=frozenset({PostKind.SUPERVISOR, PostKind.BRIGADE_HEAD}),
    )
)
MODE_TITLES = {
    "direct": "直接送达",
    "left": "留置送达",
    "post": "邮寄送达",
    "entrusted": "委托送达",
    "announced": "公告送达",
    "electronic": "电子送达",
}


class Serving(Form):
    """A receipt of service (送达回证). Leaving a paper needs a witness."""

    mode: Annotated[
        Literal["direct", "left", "post", "entrusted", "announced", "electronic"],
        Titles(MODE_TITLES),
    ] = Field(title="送达方式", default="direct")
    recipient: str = Field(title="收件人", min_length=2, max_length=60)
    served_at: datetime | None = Field(title="送达时间", default=None)
    witness: str = Field(title="见证人", default="", max_length=60)
    note: str = Field(title="备注", default="", max_length=200)

    @model_validator(mode="after")
    def _witnessed(self) -> "Serving":
        if self.mode == "left" and not self.witness:
            raise ValueError("留置送达须有见证人签名：请填写见证人")
        if self.served_at is not None and self.served_at.tzinfo is None:
            raise ValueError("送达时间须带时区")
        return self


class Delivered(Serving):
    """A receipt, and the unit it was addressed to."""

    unit: UUID | None = Field(title="受送达单位", default=None)


class Reason(Form):
    reason: str = Field(title="理由", min_length=2, max_length=200)


def _kinds(who: Who, record: Record | None, said: Mapping[str, Any]) -> list[Choice]:
    return [Choice(kind.name, kind.title) for kind in DOCUMENT_KINDS.values()]


class Wanted(Form):
    kind: Annotated[str, Offers(_kinds)] = Field(title="文种", max_length=40)
    count: int = Field(title="数量", ge=1, le=50)


@action(DOCUMENTS, Move.SERVE, "送达文书", posts=ENFORCERS, source="行政处罚法 §61", inner=True)
def serve(document: Document, call: Call, form: Delivered) -> Outcome:
    """The addressee has it.

    Refuses `served-before-issued`, `served-in-the-future`, `electronic-not-confirmed`.
    """
    served_at = form.served_at or call.at
    if served_at < document.issued_at:
        raise Refusal("served-before-issued", issued=document.issued_at)
    if served_at > call.received_at:
        raise Refusal("served-in-the-future", served=served_at)
    if form.mode == "electronic":
        _check_confirmed(form.unit, served_at)
    receipt = Service(
        document=document,
        mode=form.mode,
        recipient=form.recipient,
        served_at=served_at,
        witness=form.witness,
        note=form.note,
    )
    return Outcome(changes={"served_at": served_at}, facts=[receipt])


def _check_confirmed(unit: UUID | None, served_at: datetime) -> None:
    """Only to an addressee who agreed in writing before (行政处罚法 §61, rule ELECTRONIC-SERVICE)."""
    confirmation = confirmation_of(unit)
    if confirmation is None or confirmation.signed_at > served_at:
        raise Refusal("electronic-not-confirmed")


def _is_of_his_agency(document: Document, who: Who) -> None:
    if who.organisation_id != document.agency_id:
        raise Refusal("other-agency", number=document.number)


@action(
    DOCUMENTS,
    Move.ANNUL,
    "作废文书",
    posts=(PostKind.BRIGADE_HEAD,),
    source="本系统默认",
    guard=_is_of_his_agency,
    inner=True,
)
def annul(document: Document, call: Call, form: Reason) -> Outcome:
    """The number stays used and says why; it is never given again.

    Only inside an action on what the paper is about, which knows what follows from its end.
    """
    return Outcome(changes={"void_reason": form.reason})


@action(NUMBER_BLOCKS, CREATE, "领取号段", posts=ENFORCERS, source="本系统默认")
def take_block(_: None, call: Call, form: Wanted) -> Outcome:
    """Numbers for a phone without signal, held in the caller's name until used or returned."""
    kind_named(form.kind)
    if call.who.organisation_id is None or call.who.post_id is None:
        raise Refusal("forbidden", action="领取号段", post=call.who.title, source="本系统默认")
    year = local_day(call.at).year
    for block in held_by(call.who.post_id):
        if (block.kind, block.year) == (form.kind, year) and store.unused(block):
            raise Refusal("block-held-already", kind=kind_named(form.kind).title)
    first = store.take(call.who.organisation_id, form.kind, year, form.count)
    return Outcome(
        new=NumberBlock(
            agency_id=call.who.organisation_id,
            kind=form.kind,
            year=year,
            first=first,
            last=first + form.count - 1,
            holder_post=call.who.post_id,
            holder_name=call.who.name,
        ),
        result={"first": first, "last": first + form.count - 1},
    )


@action(NUMBER_BLOCKS, BlockMove.RETURN, "交回号段", posts=ENFORCERS, source="本系统默认")
def return_block(block: NumberBlock, call: Call, form: Reason) -> Outcome:
    """What was not used is void, with the reason; the numbers are never given again.

    The head returns the block of a phone that is lost. Refuses `block-returned`.
    """
    if store.held_block(block.id) is None:
        raise Refusal("block-returned", block=str(block))
    void = store.unused(block)
    return Outcome(changes={"reason": form.reason, "void": void}, result={"void": void})
