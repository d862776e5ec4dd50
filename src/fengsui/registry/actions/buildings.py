"""Buildings that several premises share, and who answers for their common parts (消防法 §18)."""

from typing import Annotated
from uuid import UUID

from django.db.models import QuerySet
from pydantic import Field, field_validator

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.accounts.models import Organisation
from fengsui.platform.actions import CREATE, action, perform
from fengsui.platform.calls import Call, Closes, Form, Opens, Outcome
from fengsui.platform.questions import Offers
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.who import OFFICERS, REGISTRARS, PostKind, Who
from fengsui.registry import details, offers
from fengsui.registry.access import buildings_for, premises_for
from fengsui.registry.actions.premises import PREMISES_TYPE
from fengsui.registry.actions.standing import is_registered
from fengsui.registry.finding import BUILDINGS_FOUND_BY
from fengsui.registry.forms import Reason, deep_enough
from fengsui.registry.lifecycle import BUILDING, BuildingMove, BuildingState, State
from fengsui.registry.models import Building, Premises
from fengsui.registry.queries import brigade_of, known_region


def _or_nobody(manager: Organisation | None) -> str:
    return manager.name if manager else "未确定"


BUILDINGS = record_type(
    RecordType(
        name="building",
        plural="buildings",
        title="建筑",
        model=Building,
        lifecycle=BUILDING,
        visible=buildings_for,
        label=str,
        listed=("name", "address", "manager"),
        more=details.of_building,
        found_by=BUILDINGS_FOUND_BY,
        shown=(
            Shown("name", "建筑名称"),
            Shown("address", "地址"),
            Shown("height_m", "高度（米）"),
            Shown("floors", "地上层数"),
            Shown("floors_underground", "地下层数"),
            Shown("manager", "共用部分统一管理人", told=_or_nobody),
            Shown("note", "说明"),
        ),
        related=("manager",),
        readers=OFFICERS | {PostKind.GRID_WORKER},
    )
)
_SOURCE = "消防法 §18"
_TASK = "name_common_manager"


class BuildingFacts(Form):
    name: str = Field(title="建筑名称", min_length=2, max_length=120)
    region: Annotated[str, Offers(offers.regions)] = Field(
        title="所在乡镇、街道或村、社区", pattern=r"^[0-9]{12}$"
    )
    address: str = Field(title="地址", min_length=2, max_length=200)
    height_m: int | None = Field(title="高度(米)", default=None, ge=1, le=1000)
    floors: int | None = Field(title="地上层数", default=None, ge=1, le=200)
    floors_underground: int | None = Field(title="地下层数", default=None, ge=0, le=20)
    note: str = Field(title="说明", default="", max_length=200)

    @field_validator("region")
    @classmethod
    def _deep_enough(cls, code: str) -> str:
        return deep_enough(code)


class CommonParts(Form):
    premises: Annotated[UUID, Offers(offers.in_the_building)] = Field(title="统一管理的单位")


class Leaving(Reason):
    premises: UUID = Field(title="离开的场所")


class Part(Form):
    building: Annotated[UUID, Offers(offers.buildings)] = Field(title="建筑")
    building_part: str = Field(title="所在部位", default="", max_length=60)


def _known(building: Building) -> dict[str, object]:
    return {name: getattr(building, name) for name in BuildingFacts.model_fields}


@action(BUILDINGS, CREATE, "登记建筑", posts=REGISTRARS, source=_SOURCE)
def register_building(_: None, call: Call, form: BuildingFacts) -> Outcome:
    known_region(form.region, call.who)
    return Outcome(new=Building(**form.model_dump()))


@action(BUILDINGS, None, "更正建筑信息", posts=REGISTRARS, source=_SOURCE, starts=_known)
def amend_building(building: Building, call: Call, form: BuildingFacts) -> Outcome:
    known_region(form.region, call.who)
    return Outcome(changes=form.model_dump())


def _stands(building: Building, who: Who) -> None:
    if building.state != BuildingState.STANDING:
        raise Refusal("building-gone", building=building.name)


@action(
    BUILDINGS,
    None,
    "确定统一管理人",
    posts=REGISTRARS,
    source=_SOURCE,
    guard=_stands,
    main=True,
    rules=("U18-1",),
)
def name_common_manager(building: Building, call: Call, form: CommonParts) -> Outcome:
    """Which of the units in a shared building answers for its common parts. Refuses `not-in-building`."""
    found = premises_for(call.who).filter(building=building, pk=form.premises).first()
    if found is None:
        raise Refusal("not-in-building", building=building.name)
    return Outcome(
        changes={"manager": found.unit},
        result={"manager": found.name},
        closes=[Closes(_TASK)],
    )


def _is_empty(building: Building, who: Who) -> None:
    if building.in_use:
        raise Refusal("building-in-use", building=building.name)


@action(
    BUILDINGS, BuildingMove.REMOVE, "注销建筑", posts=REGISTRARS, source=_SOURCE, guard=_is_empty
)
def remove_building(building: Building, call: Call, form: Reason) -> Outcome:
    return Outcome(result={"reason": form.reason})


@action(PREMISES_TYPE, None, "归入建筑", posts=REGISTRARS, source=_SOURCE, guard=is_registered)
def place_in_building(premises: Premises, call: Call, form: Part) -> Outcome:
    """The premises is a part of a building that others share; the second unit in it raises the question
    who answers for the common parts (U18-1). Refuses `building-unknown`.
    """
    found = buildings_for(call.who).filter(pk=form.building, state=BuildingState.STANDING).first()
    if found is None:
        raise Refusal("building-unknown")
    if found != premises.building:
        leave_building(premises, call, "迁入另一建筑")
    return Outcome(
        changes={"building": found, "building_part": form.building_part},
        result={"building": found.name},
        opens=_asked_with_the_second(found, premises, call),
    )


def _asked_with_the_second(building: Building, newcomer: Premises, call: Call) -> list[Opens]:
    others = _inside(building, call.who).exclude(pk=newcomer.pk).count()
    return [] if building.manager_id or others != 1 else [_to_name_a_manager(building, call)]


def _inside(building: Building, who: Who) -> QuerySet[Premises]:
    return premises_for(who).filter(building=building, state=State.REGISTERED)


def _to_name_a_manager(building: Building, call: Call) -> Opens:
    return Opens(
        _TASK,
        "确定统一管理人",
        rules.deadline("D-SHARED-BUILDING", call.at),
        brigade_of(building.region).pk,
        PostKind.SUPERVISOR,
        subject=building.name,
        record=building,
    )


@action(
    BUILDINGS, None, "统一管理人离开", posts=REGISTRARS, source=_SOURCE, guard=_stands, inner=True
)
def vacate_common_parts(building: Building, call: Call, form: Leaving) -> Outcome:
    """Nobody answers for the common parts now; where two still share them the question is open again."""
    others = _inside(building, call.who).exclude(pk=form.premises).count()
    return Outcome(
        changes={"manager": None},
        result={"reason": form.reason},
        opens=[_to_name_a_manager(building, call)] if others > 1 else [],
    )


def leave_building(premises: Premises, call: Call, reason: str) -> None:
    """Inside the action by which a premises leaves its building, or ends."""
    building = premises.building
    if building is None or building.manager_id != premises.unit_id:
        return
    own = _inside(building, call.who).filter(unit=premises.unit).exclude(pk=premises.pk)
    if not own.exists():
        left = Leaving(premises=premises.pk, reason=reason)
        perform(vacate_common_parts, building.pk, call.child(), left)
