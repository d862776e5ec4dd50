"""Rows of a table as entries of the register: what they mean, and the actions that write them.

A table's row follows the rules of the form: the rulebook judges, what is not known is not guessed.
A class that the table names holds where nothing can be judged, if whoever imports may set another
one; where the two differ, the row waits for somebody to decide.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calls import Call, Closes, Form, Outcome
from fengsui.platform.fields import Sealed
from fengsui.platform.records import fresh
from fengsui.platform.regions.models import prefix_of
from fengsui.platform.rules import local_day
from fengsui.platform.who import ENFORCERS, REGISTRARS, PostKind, Who
from fengsui.registry import classing
from fengsui.registry.actions.premises import (
    ANSWERS,
    PERSONS,
    PREMISES_TYPE,
    PUT_RIGHT,
    SOURCE,
    is_not_merged,
    newcomers,
)
from fengsui.registry.doorcode import door_code
from fengsui.registry.forms import Entry
from fengsui.registry.lifecycle import CLASS_TITLES, PremisesClass
from fengsui.registry.models import Premises
from fengsui.registry.queries import brigade_of, keys_of
from fengsui.registry.rules import Standards, kind_of

_IMPORTERS = (*REGISTRARS, PostKind.CLOCK)
_SETTERS = (*ENFORCERS, PostKind.CLOCK)
_GIVEN = {"class_reason": "登记表所列，资料不足以判定", "class_source": "导入的登记表"}
_FLAGS_GIVEN = "登记表所填，未填场所种类"
_BESIDE = {"premises_class", "flags_reason", "judge_later", "not_duplicate"}
_YES_NO = ("underground", "county_level", "public_assembly", "crowded")


class Entered(Form):
    """A row with all that follows from it, looked up and judged for the whole batch."""

    unit: UUID
    fields: dict[str, Any]


class Corrected(Entry):
    """Only what the row says is put right; the rest stays as it is, and so do fields `kept` by their
    mask."""

    kept: tuple[str, ...] = ()


def entered(
    form: Entry, place: Premises | None, current: Standards, on: date, who: Who
) -> dict[str, Any]:
    """The fields of an entry after a row: its facts, what they make of it, the class that holds.

    Refuses `unknown-kind`, `fact-invalid`, `flags-reason-missing`, `flags-not-nested`, `class-differs`.
    """
    facts = _facts(form, place)
    values = classing.classed_by(current, facts, on, later=True)
    values = classing.flagged(values, *_flags(form, place, values))
    values = classing.holding(values, place)
    return {**facts, **values, **_given(form, values, who)}


def _facts(form: Entry, place: Premises | None) -> dict[str, Any]:
    """What the row says, else what is held; a telephone number goes with the person it belonged to."""
    said = form.measured()
    if place is None:
        return said
    told = form.model_fields_set
    kept = form.kept if isinstance(form, Corrected) else ()
    facts = {name: said[name] if name in told else getattr(place, name) for name in said}
    for _role, name, phone in PERSONS:
        if phone not in (*told, *kept) and facts[name] != getattr(place, name):
            facts[phone] = ""
    return facts


def _flags(
    form: Entry, place: Premises | None, values: Mapping[str, object]
) -> tuple[str | None, str | None, str]:
    """The two flags as the row says or an officer said before, and why they may differ from the kind."""
    held = place if place is not None and place.flags_reason else None
    said = dict.fromkeys(("public_assembly", "crowded"))
    for name in said:
        said[name] = getattr(form, name) or (ANSWERS[getattr(held, name)] if held else None)
    if form.public_assembly == "yes" and form.crowded is None:
        said["crowded"] = "yes"  # 消防法 §73: public assembly venues are crowded places
    reason = form.flags_reason or (held.flags_reason if held else "")
    return (
        said["public_assembly"],
        said["crowded"],
        reason or ("" if values["kind"] else _FLAGS_GIVEN),
    )


def _given(form: Entry, values: Mapping[str, object], who: Who) -> dict[str, str]:
    """The class that a table names, where nothing could be judged and nobody had set one."""
    given, holds = form.premises_class, PremisesClass(str(values["premises_class"]))
    if given in (None, PremisesClass.UNJUDGED, holds):
        return {}
    if holds is not PremisesClass.UNJUDGED:
        raise Refusal("class-differs", given=CLASS_TITLES[given], held=CLASS_TITLES[holds])
    return {"premises_class": given.value, **_GIVEN} if who.kind in _SETTERS else {}


def says_more(form: Entry, place: Premises, current: Standards, who: Who) -> bool:
    """Whether a row says anything that the register does not; what it leaves out does not count."""
    if _other_class(form.premises_class, place, who):
        return True
    return any(
        _differs(name, getattr(form, name), getattr(place, name), current)
        for name in form.model_fields_set - _BESIDE
    )


def _other_class(given: PremisesClass | None, place: Premises, who: Who) -> bool:
    if given in (None, PremisesClass.UNJUDGED, place.premises_class):
        return False
    return who.kind in _SETTERS or place.premises_class != PremisesClass.UNJUDGED


def _differs(name: str, said: Any, held: Any, current: Standards) -> bool:
    if isinstance(held, Sealed):
        return held != Sealed.of(said)
    if name in _YES_NO:
        return bool(said != ANSWERS[held])
    if name == "kind":
        return kind_of(said, current.kinds).name != str(held)
    return bool(said != held)


def _check_reach(region: str, who: Who) -> None:
    if not region.startswith(prefix_of(who.region)):
        raise Refusal("region-elsewhere", region=region)


@action(PREMISES_TYPE, CREATE, "批量登记场所", posts=_IMPORTERS, source=SOURCE, inner=True)
def enter_premises(_: None, call: Call, form: Entered) -> Outcome:
    """One row of a table; its unit, brigade and class were settled for the whole batch.

    Refuses `region-elsewhere`.
    """
    _check_reach(form.fields["region"], call.who)
    code = door_code(str(form.unit))
    # Sealed once: for the place and for who answers for it.
    fields = form.fields | {phone: Sealed.of(form.fields[phone]) for _, _, phone in PERSONS}
    premises = fresh(Premises, **fields, unit_id=form.unit, door_code=code)
    return Outcome(new=premises, facts=newcomers(premises, fields, call, {}))


@action(
    PREMISES_TYPE,
    None,
    "批量更正场所信息",
    posts=_IMPORTERS,
    source=SOURCE,
    guard=is_not_merged,
    inner=True,
)
def correct_premises(premises: Premises, call: Call, form: Corrected) -> Outcome:
    """Judged again on what is held now, not on what was read when the batch was judged.

    Refuses `region-elsewhere` and what `entered` refuses.
    """
    _check_reach(form.region, call.who)
    on = local_day(call.at)
    changes = entered(form, premises, classing.standards(on, form.region), on, call.who)
    held = {name: getattr(premises, name) for _role, name, _phone in PERSONS}
    arrived = newcomers(premises, changes, call, held)
    changes |= keys_of(form.name, form.address, form.region)
    return Outcome(
        changes={**changes, "brigade": brigade_of(form.region)},
        facts=arrived,
        closes=[Closes(PUT_RIGHT)],
    )
