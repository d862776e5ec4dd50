"""Consent of the persons concerned: given after they were told, and withdrawn as easily as given."""

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import action
from fengsui.platform.calls import Call, Outcome
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who
from fengsui.registry.grids.actions.forms import Agreement, Withdrawal
from fengsui.registry.grids.actions.households import (
    CARERS,
    CONSENT,
    HOUSEHOLDS,
    columns,
    consent,
    emptied,
    forgotten,
    is_active,
    scope_of,
)
from fengsui.registry.grids.models import Consent, Household
from fengsui.registry.grids.rules import uncovered


def agreed(household: Household) -> dict[str, object]:
    """What was agreed before, to be said anew."""
    return {
        "giver": household.consent_giver,
        "manner": household.consent_manner,
        "health": household.consent_health,
        "contact": household.consent_contact,
    }


def has_consented(household: Household, who: Who) -> None:
    """Refuses `household-closed`, `nothing-to-withdraw`."""
    is_active(household, who)
    if household.consented_on is None:
        raise Refusal("nothing-to-withdraw")


@action(
    HOUSEHOLDS, None, "登记告知同意", posts=CARERS, source=CONSENT, guard=is_active, starts=agreed
)
def record_consent(household: Household, call: Call, form: Agreement) -> Outcome:
    """What was agreed now holds instead of what was agreed before; what it no longer covers goes.

    Refuses `consent-in-future`.
    """
    today = local_day(call.at)
    outside = emptied(uncovered(scope_of(form), household.held))
    return Outcome(
        changes={**columns(form, today), **outside}, facts=[consent(household, form, today)]
    )


@action(
    HOUSEHOLDS,
    None,
    "撤回同意",
    posts=CARERS,
    source="个人信息保护法 §15、§47",
    guard=has_consented,
)
def withdraw_consent(household: Household, call: Call, form: Withdrawal) -> Outcome:
    """Everything personal goes at once; that it went, and who recorded it, stays."""
    withdrawn = Consent(household=household, given=False, on=local_day(call.at))
    return Outcome(changes=forgotten(), facts=[withdrawn])
