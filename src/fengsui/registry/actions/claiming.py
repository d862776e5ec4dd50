"""Claiming a premises: a code on paper, used once, gives its holder a post in the unit."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field, field_validator

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.accounts.actions import POSTS, as_manager, end_managers, newcomer
from fengsui.platform.accounts.models import User
from fengsui.platform.actions import CREATE, action, perform
from fengsui.platform.calls import PERSONAL, Call, Form, Outcome
from fengsui.platform.documents.actions import Lapsed, lapse_confirmation
from fengsui.platform.documents.queries import confirmation_of
from fengsui.platform.questions import Offers
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.rules import local_day
from fengsui.platform.who import OFFICERS, REGISTRARS, PostKind
from fengsui.registry import offers
from fengsui.registry.access import carrying, claims_for, premises_for
from fengsui.registry.actions.premises import PREMISES_TYPE
from fengsui.registry.actions.standing import is_registered
from fengsui.registry.doorcode import door_code
from fengsui.registry.forms import Reason
from fengsui.registry.lifecycle import CLAIM, ClaimMove, ClaimState, State
from fengsui.registry.models import ClaimCode, Premises
from fengsui.registry.queries import behind_the_door, claim_of, managers_of

CLAIM_CODES = record_type(
    RecordType(
        name="claim_code",
        plural="claim-codes",
        title="认领码",
        model=ClaimCode,
        lifecycle=CLAIM,
        visible=claims_for,
        label=str,
        named_by=("premises",),
        listed=("premises", "valid_until", "used_by"),
        shown=(
            Shown("premises", "场所"),
            Shown("valid_until", "有效期至"),
            Shown("used_by", "认领人"),
            Shown("used_at", "认领时间"),
        ),
        related=("premises",),
        readers=OFFICERS,
    )
)
_SOURCE = "消防法 §16、§17"


class Issuing(Form):
    """The code itself stays on the paper; the house learns its hash."""

    premises: Annotated[UUID, Offers(offers.one_premises)] = Field(title="场所")
    digest: str = Field(title="认领码的摘要", pattern=r"^[0-9a-f]{64}$")
    replaces: bool = Field(title="更换管理人：原管理人的岗位即时结束", default=False)


@action(
    CLAIM_CODES,
    CREATE,
    "发放认领码",
    posts=REGISTRARS,
    source=_SOURCE,
    begins=(PREMISES_TYPE, "premises"),
    guard=is_registered,
)
def issue_claim_code(_: None, call: Call, form: Issuing) -> Outcome:
    """A new code voids the earlier ones; with `replaces` the posts of the managers so far end, and with
    them the unit's confirmation of electronic service: nobody would read what comes.

    Refuses `premises-not-here`.
    """
    premises = premises_for(call.who).filter(pk=form.premises, state=State.REGISTERED).first()
    if premises is None:
        raise Refusal("premises-not-here")
    void_codes(premises, call, "换发新码")
    ended = [str(post.user.name) for post in managers_of(premises)] if form.replaces else []
    if form.replaces:
        _without_manager(premises.unit_id, call)
    days = rules.limit("CLAIM-CODE", "days", local_day(call.received_at))
    code = ClaimCode(
        premises=premises,
        region=premises.region,
        digest=form.digest,
        valid_until=call.received_at + timedelta(days=days),
    )
    told = {"premises": premises.name, "ended": ended, "valid_until": code.valid_until}
    return Outcome(new=code, result=told)


def _without_manager(unit: UUID, call: Call) -> None:
    why = "更换消防安全管理人"
    end_managers(unit, call, why)
    if confirmation := confirmation_of(unit):
        perform(lapse_confirmation, confirmation.id, call.child(), Lapsed(reason=why))


def void_codes(premises: Premises, call: Call, reason: str) -> None:
    """Inside an officer's action: codes that nobody used open nothing any more."""
    for code in premises.claim_codes.filter(state=ClaimState.ISSUED):
        perform(cancel_claim_code, code.id, call.child(), Reason(reason=reason))


@action(CLAIM_CODES, ClaimMove.CANCEL, "作废认领码", posts=REGISTRARS, source=_SOURCE)
def cancel_claim_code(code: ClaimCode, call: Call, form: Reason) -> Outcome:
    return Outcome(result={"reason": form.reason})


class Using(Form):
    name: str = Field(title="认领人", min_length=2, max_length=60)


@action(
    CLAIM_CODES,
    ClaimMove.USE,
    "使用认领码",
    posts=(PostKind.PREMISES_MANAGER, PostKind.PUBLIC),
    source=_SOURCE,
    inner=True,
)
def use_claim_code(code: ClaimCode, call: Call, form: Using) -> Outcome:
    """Once, in time. Refuses `claim-invalid`."""
    if call.received_at > code.valid_until or code.premises.state != State.REGISTERED:
        raise Refusal("claim-invalid")
    return Outcome(
        changes={"used_by": form.name, "used_at": call.at},
        result={"premises": code.premises.name},
    )


class Claiming(Form):
    """What is read from the door, and what stands on the paper."""

    door: str = Field(title="门牌码", min_length=6, max_length=200)
    code: Annotated[str, PERSONAL] = Field(title="认领码", min_length=6, max_length=40)

    @field_validator("door")
    @classmethod
    def _alone(cls, door: str) -> str:
        """A scanner gives the whole address."""
        return door.rstrip("/").rsplit("/", 1)[-1].upper()


class FirstClaiming(Claiming):
    """Who has no account yet makes one with the paper."""

    name: str = Field(title="姓名", min_length=2, max_length=60)
    username: str = Field(
        title="登录名（小写字母和数字）", min_length=3, max_length=60, pattern=r"^[a-z0-9._-]+$"
    )
    phone: Annotated[str, PERSONAL] = Field(
        title="手机", max_length=20, pattern=r"^\+?[0-9-]{7,20}$"
    )


@action(POSTS, CREATE, "认领场所", posts=(PostKind.PREMISES_MANAGER,), source=_SOURCE)
def claim_premises(_: None, call: Call, form: Claiming) -> Outcome:
    """Who holds the code gets a post in the unit, beside the posts already held.

    Refuses `claim-invalid`, `post-held-already`.
    """
    premises = _opened(call, form, call.who.name)
    user = User.objects.get(id__in=[call.who.user_id])
    return Outcome(new=as_manager(user, call, premises.unit), result={"premises": premises.name})


@action(POSTS, CREATE, "首次认领场所", posts=(PostKind.PUBLIC,), source=_SOURCE)
def claim_as_newcomer(_: None, call: Call, form: FirstClaiming) -> Outcome:
    """Who holds the code and has no account gets both; the password is set beside (web/portal).

    Refuses `claim-invalid`, `username-taken`.
    """
    premises = _opened(call, form, form.name)
    user = newcomer(form.username, form.name, form.phone)
    return Outcome(
        new=as_manager(user, call, premises.unit),
        result={"premises": premises.name, "user": user.id},
    )


def _opened(call: Call, form: Claiming, name: str) -> Premises:
    """The premises whose door and code were shown; the code is used up."""
    premises = behind_the_door(form.door)
    held = claim_of(form.code, premises, call.received_at) if premises else None
    if premises is None or held is None:
        raise Refusal("claim-invalid")
    with_code = replace(call.child(), who=carrying(call.who, held))
    perform(use_claim_code, held.pk, with_code, Using(name=name))
    return premises


@action(PREMISES_TYPE, None, "换发门牌码", posts=REGISTRARS, source=_SOURCE, guard=is_registered)
def renew_door_code(premises: Premises, call: Call, form: Reason) -> Outcome:
    """The sheet on the door was lost or copied: the old address opens nothing any more."""
    return Outcome(
        changes={"door_code": door_code(f"{premises.id}:{call.who.caller}:{call.key}")},
        result={"reason": form.reason},
    )
