"""Organisations: agencies, governments, units."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.access import organisations_for
from fengsui.platform.accounts.lifecycle import (
    ORGANISATION,
    OrganisationMove,
)
from fengsui.platform.accounts.models import (
    ORGANISATION_TITLES,
    Organisation,
    OrganisationKind,
)
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calls import Call, Form, Outcome
from fengsui.platform.questions import Titles
from fengsui.platform.records import RecordType, Shown, fresh, record_type
from fengsui.platform.regions.models import prefix_of
from fengsui.platform.who import OFFICERS, REGISTRARS, PostKind

# Accounts are the security administrator's; officers look up who works where.
READERS = OFFICERS | {PostKind.SECURITY_ADMIN}
KEEPER = (PostKind.SECURITY_ADMIN,)
ACCESS = "GB/T 22239-2019 8.1.4.2"
ORGANISATIONS = record_type(
    RecordType(
        name="organisation",
        plural="organisations",
        title="机构",
        model=Organisation,
        lifecycle=ORGANISATION,
        visible=organisations_for,
        label=str,
        listed=("name", "kind", "region"),
        shown=(
            Shown("name", "名称"),
            Shown("kind", "类型", ORGANISATION_TITLES),
            Shown("region", "区划代码"),
            Shown("parent", "上级"),
            Shown("word", "代字"),
            Shown("credit_code", "统一社会信用代码"),
            Shown("address", "地址"),
            Shown("phone", "联系电话"),
        ),
        related=("parent",),
        readers=READERS,
    )
)


class NewOrganisation(Form):
    name: str = Field(title="名称", min_length=2, max_length=120)
    kind: Annotated[OrganisationKind, Titles(ORGANISATION_TITLES)] = Field(title="类型")
    region: str = Field(title="区划代码", pattern=r"^[0-9]{12}$")
    parent: UUID | None = Field(title="上级", default=None)
    word: str = Field(title="代字", default="", max_length=12)
    credit_code: str = Field(title="统一社会信用代码", default="", max_length=18)
    address: str = Field(title="地址", default="", max_length=200)
    phone: str = Field(title="联系电话", default="", max_length=40)


class Why(Form):
    reason: str = Field(title="理由", min_length=2, max_length=200)


@action(
    ORGANISATIONS,
    CREATE,
    "登记机构",
    posts=(*KEEPER, *REGISTRARS, PostKind.CLOCK),
    source=ACCESS,
)
def create_organisation(_: None, call: Call, form: NewOrganisation) -> Outcome:
    """Officers register units of their region only; agencies are the security administrator's."""
    if call.who.kind in REGISTRARS:
        if form.kind != OrganisationKind.UNIT:
            raise Refusal("only-units", kind=form.kind)
        if not form.region.startswith(prefix_of(call.who.region)):
            raise Refusal("region-elsewhere", region=form.region)
    return Outcome(new=Organisation(parent_id=form.parent, **form.model_dump(exclude={"parent"})))


class EnteredUnit(Form):
    """A unit out of a table."""

    name: str = Field(title="名称", min_length=2, max_length=120)
    region: str = Field(title="区划代码", pattern=r"^[0-9]{12}$")
    credit_code: str = Field(title="统一社会信用代码", default="", max_length=18)
    address: str = Field(title="地址", default="", max_length=200)


@action(
    ORGANISATIONS,
    CREATE,
    "批量登记单位",
    posts=(*REGISTRARS, PostKind.CLOCK),
    source=ACCESS,
    inner=True,
)
def enter_unit(_: None, call: Call, form: EnteredUnit) -> Outcome:
    """One row of a table. Refuses `region-elsewhere`."""
    if not form.region.startswith(prefix_of(call.who.region)):
        raise Refusal("region-elsewhere", region=form.region)
    return Outcome(new=fresh(Organisation, kind=OrganisationKind.UNIT.value, **form.model_dump()))


@action(ORGANISATIONS, OrganisationMove.CLOSE, "撤销机构", posts=KEEPER, source=ACCESS)
def close_organisation(organisation: Organisation, call: Call, form: Why) -> Outcome:
    return Outcome(result={"reason": form.reason})
