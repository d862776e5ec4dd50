"""The statutory forms of the inspection loop: what each must hold."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fengsui.platform.documents.kinds import DocumentKind, document_kind

_HERE = Path(__file__).parent


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Agency(_Data):
    """Who issues, and where to ask."""

    name: str = Field(min_length=2)
    address: str = ""
    phone: str = ""


class Officer(_Data):
    """行政处罚法 §42: two officers, each with a certificate."""

    name: str = Field(min_length=1)
    certificate: str = Field(min_length=1)


class Party(_Data):
    name: str = Field(min_length=2)
    address: str = ""
    credit_code: str = ""
    responsible: str = ""
    manager: str = ""
    phone: str = Field(default="", pattern=r"^[^0-9]*$|\*", description="masked: S3 of the house")
    premises_class: str = Field(default="", alias="class")
    nature: str = ""
    area: str = ""
    floors: str = ""
    usage: str = ""


class FoundItem(_Data):
    place: str
    text: str
    basis: str
    disposal: str


class Item(_Data):
    code: str
    text: str
    result: str


class _Paper(_Data):
    """What every paper has; number, archive and power are filled in when it is issued."""

    number: str
    archive: str
    power: str
    inspection: str
    photos: int
    agency: Agency
    party: Party
    officers: tuple[Officer, ...] = Field(min_length=2)
    issued_on: str


class InspectionRecord(_Paper):
    """消防监督检查记录 (规定 §14)."""

    kind: str
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    started_at: str
    ended_at: str
    accompanied_by: str
    items: tuple[Item, ...]
    findings: tuple[FoundItem, ...]
    remarks: str
    opinion: str
    signature: str
    witness: str


class _Order(_Paper):
    inspected_at: str
    findings: tuple[FoundItem, ...] = Field(min_length=1)
    measures: str
    remedies: str


class ImmediateOrder(_Order):
    """责令立即改正通知书 (规定 §19)."""


class RectificationOrder(_Order):
    """责令限期改正通知书 (规定 §19, §20): a term and the reason for it."""

    due_on: str
    provisional: bool
    term_days: int
    reason: str = Field(min_length=1)


RECORD = document_kind(
    DocumentKind(
        "inspection-record",
        "消防监督检查记录",
        _HERE / "inspection-record.typ",
        InspectionRecord,
        "消防监督检查规定 §14",
        archive="监督检查",
        about="inspection",
    )
)
IMMEDIATE = document_kind(
    DocumentKind(
        "immediate-order",
        "责令立即改正通知书",
        _HERE / "immediate-order.typ",
        ImmediateOrder,
        "消防法 §53(1), §54；消防监督检查规定 §19",
        archive="监督检查",
        about="hazard",
    )
)
TERM = document_kind(
    DocumentKind(
        "rectification-order",
        "责令限期改正通知书",
        _HERE / "rectification-order.typ",
        RectificationOrder,
        "消防法 §53(1), §54；消防监督检查规定 §19, §20",
        archive="监督检查",
        about="hazard",
    )
)
