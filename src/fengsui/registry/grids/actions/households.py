"""Households at risk: registered, put right, moved to another grid, struck off.

Nothing personal is kept without consent (个人信息保护法 §13, §14), nor longer than its purpose (§19, §47).
"""

from collections.abc import Iterable
from datetime import date

from fengsui.kernel.ids import new_salt
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calls import Call, Outcome
from fengsui.platform.fields import keyed_hash
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.reveal import revealable
from fengsui.platform.rules import local_day
from fengsui.platform.who import OFFICERS, REGISTRARS, PostKind, Who
from fengsui.registry.grids import details
from fengsui.registry.grids.access import households_for
from fengsui.registry.grids.actions.forms import (
    Agreement,
    Amendment,
    Closing,
    GoAlong,
    Moving,
    Registration,
    personal,
)
from fengsui.registry.grids.actions.grids import GRIDS, is_in_use
from fengsui.registry.grids.lifecycle import (
    BECAUSE_TITLES,
    GIVER_TITLES,
    HOUSEHOLD,
    MANNER_TITLES,
    HouseholdMove,
    HouseholdState,
)
from fengsui.registry.grids.models import Consent, Household, Placement
from fengsui.registry.grids.queries import (
    KINDS_RULE,
    grid_in_use,
    households_by_phone,
    households_named,
    kinds,
)
from fengsui.registry.grids.rules import TITLES, Scope, dialled, uncovered, wanted_for

HOUSEHOLDS = record_type(
    RecordType(
        name="household",
        plural="households",
        title="风险户",
        model=Household,
        lifecycle=HOUSEHOLD,
        visible=households_for,
        label=str,
        listed=("kinds", "name", "phone", "address", "grid"),
        more=details.of_household,
        search=households_named,
        shown=(
            Shown("kinds", "种类"),
            Shown("grid", "网格"),
            *(Shown(name, title) for name, title in TITLES.items()),
            Shown("consented_on", "同意日期"),
            Shown("consent_giver", "同意人", GIVER_TITLES),
            Shown("consent_manner", "同意方式", MANNER_TITLES),
            Shown("consent_health", "健康信息同意"),
            Shown("consent_contact", "联系人同意"),
            Shown("closed_because", "注销原因", BECAUSE_TITLES),
        ),
        related=("grid",),
        readers=OFFICERS | {PostKind.GRID_WORKER},
    )
)
# Who calls on them and must know whom to ask for. Clerks, legal officers and leaders need not.
reveal_household = revealable(
    HOUSEHOLDS,
    posts=(PostKind.SUPERVISOR, PostKind.BRIGADE_HEAD, PostKind.GRID_WORKER),
)
CARERS = (*REGISTRARS, PostKind.GRID_WORKER)
CONSENT = "个人信息保护法 §13、§14、§17、§29"
CORRECTION = "个人信息保护法 §8、§46"
ERASURE = "个人信息保护法 §19、§47"
_PLACE = "消防法 §32"


def is_active(household: Household, who: Who) -> None:
    """Refuses `household-closed`."""
    if household.state != HouseholdState.ACTIVE:
        raise Refusal("household-closed")


@action(
    HOUSEHOLDS,
    CREATE,
    "登记风险户",
    posts=CARERS,
    source=CONSENT,
    guard=is_in_use,  # type: ignore[arg-type]  # of the grid it begins from
    main=True,
    begins=(GRIDS, "grid"),
    rules=(KINDS_RULE,),
)
def register_household(_: None, call: Call, form: Registration) -> Outcome:
    """A household of a grid in reach, with what its consent covers.

    Refuses `grid-unknown`, `grid-retired`, `unknown-household-kind`, `consent-missing`,
    `consent-in-future`, `phone-registered`.
    """
    outcome = _registered(call, form)
    check_phone(call.who, form.phone, form.another)
    return outcome


@action(
    HOUSEHOLDS,
    CREATE,
    "批量登记风险户",
    posts=(*REGISTRARS, PostKind.CLOCK),
    source=CONSENT,
    inner=True,
)
def enter_household(_: None, call: Call, form: Registration) -> Outcome:
    """One row of a table; the importer has looked for its phone."""
    return _registered(call, form)


def _registered(call: Call, form: Registration) -> Outcome:
    grid, today = grid_in_use(call.who, form.grid), local_day(call.at)
    agreement = form.agreement()
    entered = personal(form)
    check_kinds(form.kinds, today)
    check_covered(scope_of(agreement), entered)
    household = Household(
        grid=grid,
        region=grid.region,
        kinds=list(form.kinds),
        **entered,
        **hashed(entered),
        **(columns(agreement, today) if agreement else {}),
    )
    consents = [consent(household, agreement, today)] if agreement else []
    placement = Placement(household=household, grid=grid, since_on=today)
    return Outcome(new=household, facts=[placement, *consents])


def known(household: Household) -> dict[str, object]:
    """What is not sealed; the rest is entered anew or left as it is."""
    return {"kinds": household.kinds}


@action(
    HOUSEHOLDS,
    None,
    "更正、补充信息",
    posts=CARERS,
    source=CORRECTION,
    guard=is_active,
    starts=known,
    rules=(KINDS_RULE,),
)
def amend_household(household: Household, call: Call, form: Amendment) -> Outcome:
    """Put right, add and erase, within what was agreed.

    Refuses `unknown-household-kind`, `consent-missing`, `phone-registered`.
    """
    entered = personal(form)
    check_kinds(form.kinds, local_day(call.at))
    check_covered(household.scope, entered)
    check_phone(call.who, form.phone, form.another, but=household)
    erased = emptied(form.erase)
    return Outcome(changes={"kinds": list(form.kinds), **entered, **hashed(entered), **erased})


@action(HOUSEHOLDS, None, "迁到其他网格", posts=REGISTRARS, source=_PLACE, guard=is_active)
def move_household(household: Household, call: Call, form: Moving) -> Outcome:
    """It belongs to another grid from today on. Refuses `grid-unknown`, `grid-retired`, `same-grid`."""
    return _moved(household, call, form)


@action(
    HOUSEHOLDS, None, "随网格调整", posts=REGISTRARS, source=_PLACE, guard=is_active, inner=True
)
def go_along(household: Household, call: Call, form: GoAlong) -> Outcome:
    """The same, when its grid is split or merged."""
    return _moved(household, call, form)


def _moved(household: Household, call: Call, form: Moving | GoAlong) -> Outcome:
    grid = grid_in_use(call.who, form.grid)
    if grid.id == household.grid_id:
        raise Refusal("same-grid", grid=str(grid))
    placement = Placement(household=household, grid=grid, since_on=local_day(call.at))
    return Outcome(
        changes={"grid": grid, "region": grid.region},
        facts=[placement],
        result={"from": household.grid_id, "to": grid.id},
    )


@action(HOUSEHOLDS, HouseholdMove.CLOSE, "注销", posts=CARERS, source=ERASURE)
def close_household(household: Household, call: Call, form: Closing) -> Outcome:
    """The purpose is reached or gone: whatever was personal goes at once, its salt with it."""
    title = BECAUSE_TITLES[form.because]
    return Outcome(
        changes={"closed_because": form.because, **forgotten()}, result={"reason": title}
    )


def check_kinds(said: Iterable[str], on: date) -> None:
    """Refuses `unknown-household-kind`."""
    known = kinds(on)
    for kind in said:
        if kind not in known:
            raise Refusal("unknown-household-kind", kind=kind, known=list(known))


def check_covered(scope: Scope, fields: Iterable[str]) -> None:
    """Refuses `consent-missing`, naming the first field that was not agreed to."""
    for name in uncovered(scope, fields):
        raise Refusal("consent-missing", field=TITLES[name], wanted=wanted_for(name, scope))


def check_phone(who: Who, phone: str, another: bool, but: Household | None = None) -> None:
    """Refuses `phone-registered` for a phone that stands under another household in reach."""
    if not phone or another:
        return
    others = [found for found in households_by_phone(who, phone) if found != but]
    if others:
        raise Refusal("phone-registered", household=f"“{others[0]}”")


def scope_of(agreement: Agreement | None) -> Scope:
    return Scope(True, agreement.health, agreement.contact) if agreement else Scope()


def columns(agreement: Agreement, today: date) -> dict[str, object]:
    """Consent as the household keeps it. Refuses `consent-in-future`."""
    on = agreement.consented_on or today
    if on > today:
        raise Refusal("consent-in-future", on=on)
    return {
        "consented_on": on,
        "consent_giver": agreement.giver.value,
        "consent_manner": agreement.manner.value,
        "consent_health": agreement.health,
        "consent_contact": agreement.contact,
    }


def consent(household: Household, agreement: Agreement, today: date) -> Consent:
    """Consent as a fact of its own."""
    return Consent(
        household=household,
        given=True,
        giver=agreement.giver.value,
        manner=agreement.manner.value,
        on=agreement.consented_on or today,
        health=agreement.health,
        contact=agreement.contact,
    )


def hashed(entered: dict[str, str]) -> dict[str, str]:
    """How a phone that was entered is found again."""
    return {"phone_hash": keyed_hash(dialled(entered["phone"]))} if "phone" in entered else {}


def emptied(fields: Iterable[str]) -> dict[str, object]:
    """Personal fields that go."""
    gone: dict[str, object] = dict.fromkeys(fields, "")
    return gone | ({"phone_hash": ""} if "phone" in gone else {})


def forgotten() -> dict[str, object]:
    """Everything personal goes, the consent with it, and the salt: no hash of it can be tried any more."""
    return {
        **emptied(TITLES),
        "consented_on": None,
        "consent_giver": "",
        "consent_manner": "",
        "consent_health": False,
        "consent_contact": False,
        "salt": new_salt(),
    }
