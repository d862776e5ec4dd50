"""Entering a premises and putting its facts right; the rulebook says its class."""

from collections.abc import Mapping
from typing import Any

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.actions import NewOrganisation, create_organisation
from fengsui.platform.accounts.models import OrganisationKind
from fengsui.platform.actions import CREATE, action, perform
from fengsui.platform.calls import Call, Closes, Outcome
from fengsui.platform.counters.declared import Counted
from fengsui.platform.fields import Sealed
from fengsui.platform.records import RecordType, Shown, fresh, record_type
from fengsui.platform.reveal import revealable
from fengsui.platform.rules import local_day
from fengsui.platform.who import OFFICERS, REGISTRARS, PostKind, Who
from fengsui.registry import classing, details, store
from fengsui.registry.access import premises_for
from fengsui.registry.doorcode import door_code
from fengsui.registry.finding import PREMISES_FOUND_BY
from fengsui.registry.forms import Amendment, Facts
from fengsui.registry.lifecycle import CLASS_TITLES, PREMISES, Role, State
from fengsui.registry.models import Premises, Responsible
from fengsui.registry.queries import brigade_of, duplicates_of, keys_of, known_region

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
        found_by=PREMISES_FOUND_BY,
        counted=Counted("region", "premises_class"),
        shown=(
            Shown("name", "单位名称"),
            Shown("code", "单位编码"),
            Shown("address", "地址"),
            Shown("kind", "场所种类"),
            Shown("industry", "行业"),
            Shown("premises_class", "类别", CLASS_TITLES),
            Shown("hazard_grade", "危险等级"),
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
SOURCE = "消防法 §16、§17；消防监督检查规定 §7"
PUT_RIGHT = "put-right"
ANSWERS = {True: "yes", False: "no", None: None}
PERSONS = (
    (Role.OWNER, "responsible_name", "responsible_phone"),
    (Role.MANAGER, "manager_name", "manager_phone"),
)


def known(premises: Premises) -> dict[str, object]:
    """What the register holds, to be put right; sealed values are entered anew or left as they are."""
    held = {name: getattr(premises, name, None) for name in Facts.model_fields}
    values = {name: value for name, value in held.items() if not isinstance(value, Sealed)}
    for name in ("underground", "county_level", "public_assembly", "crowded"):
        values[name] = ANSWERS[getattr(premises, name)]
    if not premises.flags_reason:
        values |= {"public_assembly": None, "crowded": None}
    return values | {
        "judge_later": bool(premises.missing) or not premises.kind,
        "not_duplicate": False,
    }


def _settled(form: Facts, call: Call, premises: Premises | None) -> dict[str, object]:
    """All fields that follow from the form: facts, keys, brigade, class and why."""
    known_region(form.region, call.who)
    said = form.measured()
    values = classing.classed(said, local_day(call.at), later=form.judge_later)
    values = classing.flagged(values, form.public_assembly, form.crowded, form.flags_reason)
    return {
        **said,
        **classing.holding(values, premises),
        **keys_of(form.name, form.address, form.region),
        "brigade": brigade_of(form.region),
    }


def _check_new(form: Facts, who: Who, but: Premises | None = None) -> None:
    """Refuses `possible-duplicate` with those that look the same, until somebody has looked."""
    if form.not_duplicate:
        return
    found = duplicates_of(who, form, but)
    if found:
        raise Refusal("possible-duplicate", found=[f"{row.name}（{row.address}）" for row in found])


@action(PREMISES_TYPE, CREATE, "登记场所", posts=REGISTRARS, source=SOURCE)
def register_premises(_: None, call: Call, form: Facts) -> Outcome:
    """Enter a premises and the unit that runs it.

    Refuses `unknown-region`, `region-elsewhere`, `facts-missing`, `unknown-kind`,
    `flags-reason-missing`, `possible-duplicate`.
    """
    settled = _settled(form, call, None)
    _check_new(form, call.who)
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
    premises = Premises(
        **settled,
        code=next(store.codes(form.region)),
        unit_id=unit.made,
        door_code=door_code(str(unit.made)),
    )
    return Outcome(
        new=premises,
        facts=newcomers(premises, settled, call, {}),
        result={"unit": unit.made, "class": settled["premises_class"]},
    )


def is_not_merged(premises: Premises, who: Who) -> None:
    if premises.state == State.MERGED:
        raise Refusal("premises-merged", name=premises.name)


@action(
    PREMISES_TYPE,
    None,
    "更正场所信息",
    posts=REGISTRARS,
    source=SOURCE,
    starts=known,
    guard=is_not_merged,
)
def amend_premises(premises: Premises, call: Call, form: Amendment) -> Outcome:
    """Put the facts right; the class is judged again, and the entry keeps what was entered and when.

    A telephone number that is not entered anew stays, unless its person changed or it is dropped.
    """
    changes = _settled(form, call, premises)
    if changes["name_key"] != premises.name_key or changes["credit_code"] != premises.credit_code:
        _check_new(form, call.who, premises)
    arrived = newcomers(premises, changes, call, known(premises))
    for role, _name, phone in PERSONS:
        changed = any(fact.role == role for fact in arrived)
        if not changes[phone] and not changed and not form.drops(phone):
            del changes[phone]
    return Outcome(
        changes=changes,
        facts=arrived,
        closes=[Closes(PUT_RIGHT)],
        result={"class": changes["premises_class"]},
    )


def newcomers(
    premises: Premises, said: Mapping[str, Any], call: Call, held: Mapping[str, Any]
) -> list[Responsible]:
    """Who answers from today: those whose name was not there before."""
    today = local_day(call.at)
    return [
        fresh(
            Responsible,
            premises_id=premises.id,
            role=role.value,
            name=said[name],
            phone=said[phone],
            since_on=today,
        )
        for role, name, phone in PERSONS
        if said[name] and said[name] != held.get(name)
    ]
