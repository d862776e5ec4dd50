"""What is asked of a household at risk, and of the consent that all of it rests on."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from fengsui.platform.calls import PERSONAL, Form
from fengsui.platform.questions import Offers, Titles
from fengsui.registry.grids import offers
from fengsui.registry.grids.lifecycle import (
    BECAUSE_TITLES,
    GIVER_TITLES,
    MANNER_TITLES,
    Because,
    Giver,
    Manner,
)
from fengsui.registry.grids.rules import TITLES

Kinds = Annotated[
    tuple[str, ...], Offers(offers.kinds), Field(title="种类", min_length=1, max_length=6)
]
PersonName = Annotated[str, Field(title=TITLES["name"], max_length=60), PERSONAL]
_PHONE = r"^$|^\+?[0-9 -]{7,20}$"
Phone = Annotated[str, Field(title=TITLES["phone"], max_length=20, pattern=_PHONE), PERSONAL]
Address = Annotated[str, Field(title=TITLES["address"], max_length=120), PERSONAL]
_POINT = r"^$|^-?[0-9]{1,2}\.[0-9]{4,7}[ ,，] ?-?[0-9]{1,3}\.[0-9]{4,7}$"
Point = Annotated[
    str, Field(title=f"{TITLES['point']}（纬度 经度）", max_length=30, pattern=_POINT), PERSONAL
]
Condition = Annotated[str, Field(title=TITLES["condition"], max_length=200), PERSONAL]
Notes = Annotated[str, Field(title=TITLES["notes"], max_length=200), PERSONAL]
ContactName = Annotated[str, Field(title=TITLES["contact_name"], max_length=60), PERSONAL]
ContactPhone = Annotated[
    str, Field(title=TITLES["contact_phone"], max_length=20, pattern=_PHONE), PERSONAL
]
Another = Annotated[bool, Field(title="同一电话，确是另一户")]

ON = "同意日期（不填即今天）"
TOLD = "告知同意：已告知处理者、目的、方式、种类、保存期限和撤回途径，并取得同意"
HEALTH = "单独同意登记健康和行动情况（敏感个人信息）"
CONTACT = "联系人本人同意登记其姓名、电话"
_NOT_TOLD = "请先告知并取得同意，再勾选“告知同意”（个人信息保护法 §14、§17）"


class Agreement(Form):
    """Consent: who gave it, how, when, how far. Telling comes first (个人信息保护法 §17)."""

    giver: Annotated[Giver, Titles(GIVER_TITLES)] = Field(title="同意人")
    manner: Annotated[Manner, Titles(MANNER_TITLES)] = Field(title="同意方式")
    consented_on: date | None = Field(title=ON, default=None)
    told: bool = Field(title=TOLD, default=False)
    health: bool = Field(title=HEALTH, default=False)
    contact: bool = Field(title=CONTACT, default=False)

    @model_validator(mode="after")
    def _told_first(self) -> "Agreement":
        if not self.told:
            raise ValueError(_NOT_TOLD)
        return self


class Withdrawal(Form):
    """Nobody withdraws by a slip: what is lost is said, and affirmed."""

    sure: bool = Field(title="立即删除这一户的全部个人信息，不能恢复", default=False)

    @model_validator(mode="after")
    def _affirmed(self) -> "Withdrawal":
        if not self.sure:
            raise ValueError("撤回同意会删除全部个人信息，请勾选确认")
        return self


class Registration(Form):
    """A household as it is first met. Without consent: its grid and kinds, nothing else."""

    grid: Annotated[UUID, Offers(offers.grid)] = Field(title="网格")
    kinds: Kinds
    told: bool = Field(title=TOLD, default=False)
    giver: Annotated[Giver | None, Titles(GIVER_TITLES)] = Field(title="同意人", default=None)
    manner: Annotated[Manner | None, Titles(MANNER_TITLES)] = Field(title="同意方式", default=None)
    consented_on: date | None = Field(title=ON, default=None)
    health: bool = Field(title=HEALTH, default=False)
    contact: bool = Field(title=CONTACT, default=False)
    name: PersonName = ""
    phone: Phone = ""
    another: Another = False
    address: Address = ""
    point: Point = ""
    condition: Condition = ""
    notes: Notes = ""
    contact_name: ContactName = ""
    contact_phone: ContactPhone = ""

    @model_validator(mode="after")
    def _wholly_or_not(self) -> "Registration":
        said = (self.giver, self.manner, self.consented_on, self.health, self.contact)
        if any(said) and not self.told:
            raise ValueError(_NOT_TOLD)
        if self.told and not (self.giver and self.manner):
            raise ValueError("登记告知同意，须选择“同意人”和“同意方式”")
        return self

    def agreement(self) -> Agreement | None:
        """The consent that was said along, if any was."""
        if self.giver is None or self.manner is None or not self.told:
            return None
        return Agreement(
            giver=self.giver,
            manner=self.manner,
            consented_on=self.consented_on,
            told=True,
            health=self.health,
            contact=self.contact,
        )


class Amendment(Form):
    """What is entered replaces what was; what is left empty stays; what is to go is named."""

    kinds: Kinds
    name: PersonName = ""
    phone: Phone = ""
    another: Another = False
    address: Address = ""
    point: Point = ""
    condition: Condition = ""
    notes: Notes = ""
    contact_name: ContactName = ""
    contact_phone: ContactPhone = ""
    erase: Annotated[tuple[str, ...], Offers(offers.held)] = Field(title="删除的内容", default=())

    @model_validator(mode="after")
    def _one_or_the_other(self) -> "Amendment":
        if any(name not in TITLES for name in self.erase):
            raise ValueError("“删除的内容”只能从列出的项目中选择")
        for name in self.erase:
            if getattr(self, name):
                raise ValueError(f"“{TITLES[name]}”不能既填写又删除：请留空，或取消删除")
        return self


class Moving(Form):
    grid: Annotated[UUID, Offers(offers.others_around)] = Field(title="迁入网格")


class GoAlong(Form):
    """The grid that takes a household over when its own ends."""

    grid: UUID = Field(title="网格")


class Closing(Form):
    because: Annotated[Because, Titles(BECAUSE_TITLES)] = Field(title="注销原因")


def personal(form: Registration | Amendment) -> dict[str, str]:
    """The personal fields that were filled in."""
    said = {name: str(getattr(form, name)) for name in TITLES}
    return {name: value for name, value in said.items() if value}
