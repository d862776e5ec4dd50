"""Closing, moving, and making one entry of two."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import action, perform
from fengsui.platform.calls import Call, Form, Outcome
from fengsui.platform.questions import Offers
from fengsui.platform.rules import local_day
from fengsui.platform.who import REGISTRARS, Who
from fengsui.registry import classing, offers
from fengsui.registry.access import premises_for
from fengsui.registry.actions.buildings import leave_building
from fengsui.registry.actions.claiming import void_codes
from fengsui.registry.actions.declaring import lapse_of
from fengsui.registry.actions.premises import PREMISES_TYPE, SOURCE
from fengsui.registry.actions.standing import LOOKED_AT, is_registered
from fengsui.registry.forms import Place, Reason
from fengsui.registry.lifecycle import Move, State
from fengsui.registry.models import Premises
from fengsui.registry.queries import brigade_of, keys_of, known_region


class Moving(Place):
    reason: str = Field(title="原因", min_length=2, max_length=200)


class Merging(Form):
    other: Annotated[UUID, Offers(offers.same_place)] = Field(title="重复的登记")
    reason: str = Field(title="理由", min_length=5, max_length=200)


class Absorbed(Form):
    into: UUID = Field(title="并入")


def _end(premises: Premises, call: Call, reason: str) -> None:
    leave_building(premises, call, reason)
    lapse_of(premises, call, reason)
    void_codes(premises, call, reason)


@action(PREMISES_TYPE, Move.CLOSE, "关闭场所", posts=REGISTRARS, source=SOURCE)
def close_premises(premises: Premises, call: Call, form: Reason) -> Outcome:
    """Its living declaration and its unused claim codes end with it."""
    _end(premises, call, form.reason)
    return Outcome(result={"reason": form.reason})


@action(PREMISES_TYPE, None, "场所迁址", posts=REGISTRARS, source=SOURCE, guard=is_registered)
def move_premises(premises: Premises, call: Call, form: Moving) -> Outcome:
    """A new address; the brigade follows, and the class is judged by the rules that hold there.

    Refuses `unknown-region`, `region-elsewhere`, `no-brigade`.
    """
    known_region(form.region, call.who)
    leave_building(premises, call, form.reason)
    facts = {name: getattr(premises, name) for name in LOOKED_AT} | {"region": form.region}
    values = classing.classed(facts, local_day(call.at), later=True)
    return Outcome(
        changes={
            **form.model_dump(exclude={"reason"}),
            **classing.kept(classing.kept_flags(values, premises), premises),
            **keys_of(premises.name, form.address, form.region),
            "brigade": brigade_of(form.region),
            "building": None,
            "building_part": "",
        },
        result={"reason": form.reason, "from": premises.address},
    )


@action(PREMISES_TYPE, None, "合并重复登记", posts=REGISTRARS, source=SOURCE, guard=is_registered)
def merge_premises(premises: Premises, call: Call, form: Merging) -> Outcome:
    """Another entry of the same place ends in this one; its visits, hazards and papers stay its own
    and are shown here. There is no way back; both entries say so.

    Refuses `merge-with-itself`, `merge-unknown`.
    """
    if form.other == premises.id:
        raise Refusal("merge-with-itself", name=premises.name)
    other = premises_for(call.who).filter(pk=form.other, state=State.REGISTERED).first()
    if other is None:
        raise Refusal("merge-unknown")
    # Pointers always name the entry that lives, so that a chain of merges is one step long.
    for earlier in other.absorbed.all():
        perform(point_on, earlier, call.child(), Absorbed(into=premises.id))
    perform(absorb, other, call.child(), Absorbed(into=premises.id))
    return Outcome(result={"reason": form.reason, "other": other.id, "name": other.name})


@action(PREMISES_TYPE, Move.MERGE, "并入另一登记", posts=REGISTRARS, source=SOURCE, inner=True)
def absorb(premises: Premises, call: Call, form: Absorbed) -> Outcome:
    _end(premises, call, "并入另一登记")
    return _pointed(premises, call, form)


def _is_merged(premises: Premises, who: Who) -> None:
    if premises.state != State.MERGED:
        raise Refusal("premises-not-merged", name=premises.name)


@action(
    PREMISES_TYPE,
    None,
    "改指并入的登记",
    posts=REGISTRARS,
    source=SOURCE,
    guard=_is_merged,
    inner=True,
)
def point_on(premises: Premises, call: Call, form: Absorbed) -> Outcome:
    return _pointed(premises, call, form)


def _pointed(premises: Premises, call: Call, form: Absorbed) -> Outcome:
    """Its unit is the survivor's from now on, so that the same people see the old history."""
    survivor = premises_for(call.who).get(pk=form.into)
    return Outcome(
        changes={"merged_into": survivor, "unit": survivor.unit},
        result={"into": survivor.id, "unit": premises.unit_id},
    )
