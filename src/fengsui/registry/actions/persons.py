"""Who answers for fire safety in a premises, from which day."""

from typing import Any

from fengsui.platform.actions import action
from fengsui.platform.calls import Call, Outcome
from fengsui.platform.rules import local_day
from fengsui.platform.who import REGISTRARS, PostKind
from fengsui.registry.actions.premises import PREMISES_TYPE
from fengsui.registry.actions.standing import is_registered
from fengsui.registry.forms import Person
from fengsui.registry.lifecycle import Role
from fengsui.registry.models import Premises, Responsible

_SOURCE = "消防法 §16、§17"
_POSTS = (*REGISTRARS, PostKind.PREMISES_MANAGER)


def _changed(premises: Premises, call: Call, form: Person, role: Role) -> Outcome:
    since = form.since_on or local_day(call.at)
    person = Responsible(
        premises=premises, role=role, name=form.name, phone=form.phone, since_on=since
    )
    changes: dict[str, Any] = {f"{role}_name": form.name, f"{role}_phone": form.phone}
    return Outcome(changes=changes, facts=[person], result={"name": form.name, "since": since})


@action(
    PREMISES_TYPE, None, "变更消防安全责任人", posts=_POSTS, source=_SOURCE, guard=is_registered
)
def change_responsible(premises: Premises, call: Call, form: Person) -> Outcome:
    """Another person answers for the unit; who did before stays on record."""
    return _changed(premises, call, form, Role.OWNER)


@action(
    PREMISES_TYPE, None, "变更消防安全管理人", posts=_POSTS, source=_SOURCE, guard=is_registered
)
def change_manager(premises: Premises, call: Call, form: Person) -> Outcome:
    return _changed(premises, call, form, Role.MANAGER)
