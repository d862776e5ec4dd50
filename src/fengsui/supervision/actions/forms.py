"""What officers enter on a visit."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from fengsui.platform.calls import Form
from fengsui.platform.questions import Offers, Titles
from fengsui.supervision import offers
from fengsui.supervision.lifecycle import DISPOSAL_TITLES, Disposal, Result

SIGNATURE_TITLES = {"signed": "已签名", "refused": "拒绝签名"}
FAILURE_TITLES = {"closed": "关门停业", "moved": "已搬迁", "refused": "拒绝进入", "other": "其他"}


class Plan(Form):
    """A visit by `lead` and `second`, two certified officers of one brigade."""

    premises: Annotated[UUID, Offers(offers.place)] = Field(title="场所")
    lead: Annotated[UUID, Offers(offers.officers)] = Field(title="主检人员")
    second: Annotated[UUID, Offers(offers.officers)] = Field(title="协检人员")
    planned_on: date = Field(title="计划日期")

    @model_validator(mode="after")
    def _two(self) -> "Plan":
        if self.lead == self.second:
            raise ValueError("检查人员不得少于两人：请另选协检人员（规定 §14）")
        return self


class Place(Form):
    latitude: float | None = Field(title="纬度", default=None, ge=-90, le=90)
    longitude: float | None = Field(title="经度", default=None, ge=-180, le=180)


class Answers(Form):
    """Results by item code; an item answered again replaces what was said before."""

    answers: dict[str, Result] = Field(title="检查结果", min_length=1)
    note: str = Field(title="说明", default="", max_length=200)


class Found(Place):
    """A finding needs a place and an article; a term only where a term is ordered."""

    code: Annotated[str, Offers(offers.items)] = Field(title="检查项", min_length=1, max_length=16)
    place: str = Field(title="部位", min_length=2, max_length=120)
    text: str = Field(title="问题", min_length=4, max_length=400)
    basis: str = Field(title="依据", default="", max_length=200)
    cause: str = Field(title="涉嫌案由", default="", max_length=24)
    disposal: Annotated[Disposal, Titles(DISPOSAL_TITLES)] = Field(title="处理")
    term_days: int | None = Field(title="改正期限(日)", default=None, ge=1)
    corrected: str = Field(title="当场改正情况", default="", max_length=200)
    photos: tuple[UUID, ...] = Field(title="照片", default=())

    @model_validator(mode="after")
    def _seen_corrected(self) -> "Found":
        """T-19c: an oral order is noted in the record with what was seen to be put right."""
        at_once = self.disposal == Disposal.CORRECTED
        if at_once and not (self.corrected or self.photos):
            raise ValueError("当场改正的，请填写当场改正情况，或附改正后的照片（规定 §19）")
        if self.corrected and not at_once:
            raise ValueError("当场改正情况只在处理为“当场改正”时填写")
        return self

    @model_validator(mode="after")
    def _term(self) -> "Found":
        if (self.disposal == Disposal.TERM) != (self.term_days is not None):
            raise ValueError("责令限期改正须填改正期限，其他处理不填")
        return self


class TakenBack(Form):
    finding: Annotated[UUID, Offers(offers.findings)] = Field(title="问题")
    reason: str = Field(title="理由", min_length=2, max_length=200)


class Conclusion(Form):
    accompanied_by: str = Field(title="陪同人员", min_length=2, max_length=60)
    opinion: str = Field(title="被检查单位意见", default="无异议", max_length=400)
    signature: Annotated[Literal["signed", "refused"], Titles(SIGNATURE_TITLES)] = Field(
        title="签名", default="signed"
    )
    witness: str = Field(title="见证人", default="", max_length=60)

    @model_validator(mode="after")
    def _witnessed(self) -> "Conclusion":
        if self.signature == "refused" and not self.witness:
            raise ValueError("拒绝签名的，请填写见证人")
        return self


class Reason(Form):
    reason: str = Field(title="理由", min_length=2, max_length=400)


class Failure(Form):
    """Why a visit could not be made: an outcome like any other."""

    why: Annotated[Literal["closed", "moved", "refused", "other"], Titles(FAILURE_TITLES)] = Field(
        title="原因"
    )
    note: str = Field(title="说明", min_length=2, max_length=400)
