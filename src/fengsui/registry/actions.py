"""The register's only writer."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.actions import NewOrganisation, create_organisation
from fengsui.platform.accounts.models import OrganisationKind
from fengsui.platform.accounts.queries import post_in
from fengsui.platform.actions import CREATE, action, perform
from fengsui.platform.calls import PERSONAL, Call, Closes, Form, Opens, Outcome
from fengsui.platform.fields import Sealed
from fengsui.platform.questions import Offers, Titles
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.reveal import revealable
from fengsui.platform.rules import deadline
from fengsui.platform.who import OFFICERS, REGISTRARS, PostKind
from fengsui.platform.worklist.queries import task_open
from fengsui.registry import details, offers
from fengsui.registry.access import premises_for
from fengsui.registry.lifecycle import CLASS_TITLES, PREMISES, Move, PremisesClass
from fengsui.registry.models import Premises
from fengsui.registry.queries import brigade_of, known_region, premises_named

PREMISES_TYPE = record_type(
    RecordType(
        name="premises",
        plural="premises",
        title="场所",
        model=Premises,
        lifecycle=PREMISES,
        visible=premises_for,
        label=str,
        listed=("name", "address", "premises_class"),
        more=details.of_premises,
        search=premises_named,
        shown=(
            Shown("name", "单位名称"),
            Shown("address", "地址"),
            Shown("premises_class", "类别", CLASS_TITLES),
            Shown("responsible_name", "消防安全责任人"),
            Shown("responsible_phone", "责任人电话"),
            Shown("manager_name", "消防安全管理人"),
            Shown("manager_phone", "管理人电话"),
        ),
        related=("unit", "brigade"),
        readers=OFFICERS | {PostKind.PREMISES_MANAGER},
    )
)
# Who must reach the persons who answer for a place; a manager sees those of his own unit.
reveal_premises = revealable(
    PREMISES_TYPE,
    posts=(PostKind.SUPERVISOR, PostKind.BRIGADE_HEAD, PostKind.PREMISES_MANAGER),
)
_SOURCE = "消防法 §16、§17；消防监督检查规定 §7"

_PHONES = ("responsible_phone", "manager_phone")
Phone = Annotated[str, Field(max_length=20, pattern=r"^$|^\+?[0-9-]{7,20}$"), PERSONAL]


class Facts(Form):
    """What is known of a premises when an officer stands before it."""

    name: str = Field(title="单位名称", min_length=2, max_length=120)
    region: Annotated[str, Offers(offers.regions)] = Field(
        title="所在乡镇、街道或村、社区", pattern=r"^[0-9]{12}$"
    )
    address: str = Field(title="地址", min_length=2, max_length=200)
    premises_class: Annotated[PremisesClass, Titles(CLASS_TITLES)] = Field(title="类别")
    public_assembly: bool = Field(title="公众聚集场所", default=False)
    crowded: bool = Field(title="人员密集场所", default=False)
    credit_code: str = Field(
        title="统一社会信用代码", default="", pattern=r"^$|^[0-9A-HJ-NP-RT-UW-Y]{18}$"
    )
    usage: str = Field(title="使用性质", default="", max_length=60)
    area_m2: int | None = Field(title="建筑面积(㎡)", default=None, ge=1, le=10_000_000)
    floors: int | None = Field(title="层数", default=None, ge=1, le=200)
    latitude: float | None = Field(title="纬度", default=None, ge=-90, le=90)
    longitude: float | None = Field(title="经度", default=None, ge=-180, le=180)
    responsible_name: str = Field(title="消防安全责任人", min_length=2, max_length=60)
    responsible_phone: Phone = Field(title="责任人电话", default="")
    manager_name: str = Field(title="消防安全管理人", default="", max_length=60)
    manager_phone: Phone = Field(title="管理人电话", default="")

    @field_validator("region")
    @classmethod
    def _deep_enough(cls, code: str) -> str:
        if code[6:] == "000000":
            raise ValueError("请选到乡镇、街道或村、社区")
        return code

    @model_validator(mode="after")
    def _nested(self) -> "Facts":
        if self.public_assembly and not self.crowded:
            raise ValueError("公众聚集场所都是人员密集场所（消防法 §73）")
        return self


def known(premises: Premises) -> dict[str, object]:
    """What the register holds, to be put right; sealed values are entered anew or left as they are."""
    values = {name: getattr(premises, name) for name in Facts.model_fields}
    return {name: value for name, value in values.items() if not isinstance(value, Sealed)}


class Amendment(Facts):
    """The facts put right. A sealed number left empty stays; taking one away is said in so many words."""

    drop_responsible_phone: bool = Field(title="删除责任人电话", default=False)
    drop_manager_phone: bool = Field(title="删除管理人电话", default=False)
    drop_reason: str = Field(title="删除电话的理由", default="", max_length=200)

    @model_validator(mode="after")
    def _said_why(self) -> "Amendment":
        dropped = [name for name in _PHONES if getattr(self, f"drop_{name}")]
        if any(getattr(self, name) for name in dropped):
            raise ValueError("同一个电话不能既填写又删除：请留空，或取消勾选“删除”")
        if dropped and not self.drop_reason:
            raise ValueError("删除电话须写明理由")
        return self

    def facts(self) -> dict[str, object]:
        """What the register holds from now on; numbers to be left as they are do not appear."""
        kept = {name for name in _PHONES if not getattr(self, name)}
        kept -= {name for name in _PHONES if getattr(self, f"drop_{name}")}
        return self.model_dump(include=set(Facts.model_fields) - kept)


PUT_RIGHT = "put-right"


class Asking(Form):
    what: str = Field(title="要核实或补充什么", min_length=2, max_length=200)
    post: Annotated[UUID, Offers(offers.registrars)] = Field(title="由谁更正")


class Closing(Form):
    reason: str = Field(title="原因", min_length=2, max_length=200)


@action(PREMISES_TYPE, CREATE, "登记场所", posts=REGISTRARS, source=_SOURCE)
def register_premises(_: None, call: Call, form: Facts) -> Outcome:
    """Enter a premises and the unit that runs it. Refuses `unknown-region`, `region-elsewhere`."""
    known_region(form.region, call.who)
    unit = perform(
        create_organisation,
        None,
        call.child(),
        NewOrganisation(
            name=form.name,
            kind=OrganisationKind.UNIT,
            region=form.region,
            credit_code=form.credit_code,
            address=form.address,
        ),
    )
    brigade = brigade_of(form.region)
    premises = Premises(**form.model_dump(), unit_id=unit.made, brigade=brigade)
    return Outcome(new=premises, result={"unit": unit.made})


@action(PREMISES_TYPE, None, "更正场所信息", posts=REGISTRARS, source=_SOURCE, starts=known)
def amend_premises(premises: Premises, call: Call, form: Amendment) -> Outcome:
    """Put the facts right; the entry keeps what was entered and when, and why a number went."""
    known_region(form.region, call.who)
    return Outcome(
        changes={**form.facts(), "brigade": brigade_of(form.region)},
        closes=[Closes(PUT_RIGHT)],
    )


@action(
    PREMISES_TYPE,
    None,
    "要求更正",
    posts=(*REGISTRARS, PostKind.DETACHMENT_LEADER),
    source="本系统默认",
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


@action(PREMISES_TYPE, Move.CLOSE, "关闭场所", posts=REGISTRARS, source=_SOURCE)
def close_premises(premises: Premises, call: Call, form: Closing) -> Outcome:
    return Outcome(result={"reason": form.reason})
