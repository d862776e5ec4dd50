"""What the register asks about a premises."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from fengsui.platform.calls import PERSONAL, Form
from fengsui.platform.questions import Offers, Section, Titles
from fengsui.registry import offers
from fengsui.registry.lifecycle import CLASS_TITLES, PremisesClass
from fengsui.registry.rules import credit_code_problem

_YES_NO = {"yes": "是", "no": "否"}
Answer = Annotated[Literal["yes", "no"] | None, Titles(_YES_NO)]
Phone = Annotated[str, Field(max_length=20, pattern=r"^$|^\+?[0-9-]{7,20}$"), PERSONAL]
_MOST = 2_000_000_000


def deep_enough(code: str) -> str:
    """A county is too large to be anywhere in it. Raises ValueError."""
    if code[6:] == "000000":
        raise ValueError("请选到乡镇、街道或村、社区")
    return code


class Place(Form):
    """Where it is: the division decides which brigade supervises it."""

    region: Annotated[str, Offers(offers.regions)] = Field(
        title="所在乡镇、街道或村、社区", pattern=r"^[0-9]{12}$"
    )
    address: str = Field(title="地址", min_length=2, max_length=200)
    latitude: float | None = Field(title="纬度", default=None, ge=-90, le=90)
    longitude: float | None = Field(title="经度", default=None, ge=-180, le=180)

    @field_validator("region")
    @classmethod
    def _deep_enough(cls, code: str) -> str:
        return deep_enough(code)


class Facts(Form):
    """What is known of a premises when an officer stands before it; its class follows from this."""

    name: Annotated[str, Section("单位")] = Field(title="单位名称", min_length=2, max_length=120)
    region: Annotated[str, Offers(offers.regions)] = Field(
        title="所在乡镇、街道或村、社区", pattern=r"^[0-9]{12}$"
    )
    address: str = Field(title="地址", min_length=2, max_length=200)
    kind: Annotated[str, Offers(offers.kinds)] = Field(title="场所种类", default="", max_length=40)
    industry: str = Field(title="行业", default="", max_length=60)
    credit_code: str = Field(title="统一社会信用代码", default="", max_length=18)
    usage: str = Field(title="使用性质", default="", max_length=60)
    area_m2: Annotated[int | None, Section("规模（判定类别所需）")] = Field(
        title="建筑面积(㎡)", default=None, ge=1, le=10_000_000
    )
    floor_area_m2: int | None = Field(title="单层建筑面积(㎡)", default=None, ge=1, le=10_000_000)
    floors: int | None = Field(title="层数", default=None, ge=1, le=200)
    floor: int | None = Field(title="所在楼层(地下为负)", default=None, ge=-20, le=200)
    underground: Answer = Field(title="在地下", default=None)
    rooms: int | None = Field(title="客房数", default=None, ge=0, le=100_000)
    beds: int | None = Field(title="床位数", default=None, ge=0, le=100_000)
    seats: int | None = Field(title="座位数", default=None, ge=0, le=1_000_000)
    people: int | None = Field(title="容纳人数", default=None, ge=0, le=1_000_000)
    employees: int | None = Field(title="员工数", default=None, ge=0, le=1_000_000)
    dormitory_people: int | None = Field(title="员工宿舍人数", default=None, ge=0, le=1_000_000)
    students: int | None = Field(title="在校(园)人数", default=None, ge=0, le=1_000_000)
    county_level: Answer = Field(title="县级以上", default=None)
    storage_t: int | None = Field(title="总储量(吨)", default=None, ge=0, le=_MOST)
    volume_m3: int | None = Field(title="总储量(立方米)", default=None, ge=0, le=_MOST)
    goods_value_yuan: int | None = Field(title="可燃物品总价值(元)", default=None, ge=0, le=_MOST)
    public_assembly: Annotated[Answer, Section("与种类的规定不同时")] = Field(
        title="公众聚集场所(与种类不同时填)", default=None
    )
    crowded: Answer = Field(title="人员密集场所(与种类不同时填)", default=None)
    flags_reason: str = Field(title="与种类不同的理由", default="", max_length=200)
    responsible_name: Annotated[str, Section("谁负责")] = Field(
        title="消防安全责任人", min_length=2, max_length=60
    )
    responsible_phone: Phone = Field(title="责任人电话", default="")
    manager_name: str = Field(title="消防安全管理人", default="", max_length=60)
    manager_phone: Phone = Field(title="管理人电话", default="")
    latitude: Annotated[float | None, Section("位置")] = Field(
        title="纬度", default=None, ge=-90, le=90
    )
    longitude: float | None = Field(title="经度", default=None, ge=-180, le=180)
    judge_later: Annotated[bool, Section("核对")] = Field(
        title="判定数据暂缺，先登记为待核定", default=False
    )
    not_duplicate: bool = Field(title="已核对，不是重复登记", default=False)

    @field_validator("region")
    @classmethod
    def _deep_enough(cls, code: str) -> str:
        return deep_enough(code)

    @field_validator("credit_code")
    @classmethod
    def _can_be_true(cls, code: str) -> str:
        if code and (problem := credit_code_problem(code)):
            raise ValueError(problem)
        return code

    def measured(self) -> dict[str, object]:
        """What the rulebook looks at and the register holds, with yes and no as truth values."""
        answers = {"yes": True, "no": False}
        said: dict[str, object] = {name: getattr(self, name) for name in _MEASURED}
        for name in ("underground", "county_level"):
            said[name] = answers.get(str(said[name]))
        return said


_MEASURED = tuple(
    name
    for name in Facts.model_fields
    if name not in {"public_assembly", "crowded", "flags_reason", "judge_later", "not_duplicate"}
)


class Entry(Facts):
    """A row of the register's sheet: what it does not say is not guessed; the class waits for it."""

    premises_class: Annotated[PremisesClass | None, Titles(CLASS_TITLES)] = Field(
        title="类别", default=None
    )
    responsible_name: str = Field(title="消防安全责任人", default="", min_length=2, max_length=60)


PHONES = ("responsible_phone", "manager_phone")


class Amendment(Facts):
    """The facts put right. A sealed number left empty stays; taking one away is said in so many words."""

    drop_responsible_phone: Annotated[bool, Section("删除电话")] = Field(
        title="删除责任人电话", default=False
    )
    drop_manager_phone: bool = Field(title="删除管理人电话", default=False)
    drop_reason: str = Field(title="删除电话的理由", default="", max_length=200)

    @model_validator(mode="after")
    def _said_why(self) -> "Amendment":
        dropped = [name for name in PHONES if self.drops(name)]
        if any(getattr(self, name) for name in dropped):
            raise ValueError("同一个电话不能既填写又删除：请留空，或取消勾选“删除”")
        if dropped and not self.drop_reason:
            raise ValueError("删除电话须写明理由")
        return self

    def drops(self, phone: str) -> bool:
        return bool(getattr(self, f"drop_{phone}"))


class Person(Form):
    name: str = Field(title="姓名", min_length=2, max_length=60)
    phone: Phone = Field(title="电话", default="")
    since_on: date | None = Field(title="任职日期", default=None)


class Reason(Form):
    reason: str = Field(title="原因", min_length=2, max_length=200)
