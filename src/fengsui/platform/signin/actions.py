"""Issuing and using what lets a person start; binding and losing a phone."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.access import people_for, posts_for
from fengsui.platform.accounts.lifecycle import PostState
from fengsui.platform.accounts.models import Post, User
from fengsui.platform.accounts.offers import may_appoint
from fengsui.platform.actions import CREATE, action, perform
from fengsui.platform.calls import Call, Form, Nothing, Outcome
from fengsui.platform.questions import Titles
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.signin import policy
from fengsui.platform.signin.access import phones_for, tickets_for
from fengsui.platform.signin.lifecycle import (
    PHONE,
    TICKET,
    PhoneMove,
    PhoneState,
    TicketMove,
    TicketState,
)
from fengsui.platform.signin.models import TICKET_TITLES, Phone, Ticket, TicketKind
from fengsui.platform.who import REGISTRARS, PostKind, Who

ISSUERS = (PostKind.SECURITY_ADMIN, *REGISTRARS)
TICKETS = record_type(
    RecordType(
        name="ticket",
        plural="tickets",
        title="登录凭据",
        model=Ticket,
        lifecycle=TICKET,
        visible=tickets_for,
        label=str,
        readers=frozenset({*ISSUERS, PostKind.AUDIT_ADMIN}),
        listed=("user", "kind", "valid_until"),
        shown=(
            Shown("user", "人员"),
            Shown("kind", "种类", TICKET_TITLES),
            Shown("valid_until", "有效至"),
            Shown("clears_second_factor", "同时清除第二因素"),
        ),
        related=("user",),
        named_by=("user",),
    )
)
PHONES = record_type(
    RecordType(
        name="phone",
        plural="phones",
        title="绑定的手机",
        model=Phone,
        lifecycle=PHONE,
        visible=phones_for,
        label=str,
        listed=("name", "user", "moved_at"),
        shown=(
            Shown("name", "手机"),
            Shown("user", "人员"),
            Shown("moved_at", "绑定或解除于"),
        ),
        related=("user",),
    )
)
_SOURCE = "GB/T 22239-2019 8.1.4.1"
_OWNERS = tuple(
    kind for kind in PostKind if kind not in (PostKind.PUBLIC, PostKind.DEVICE, PostKind.CLOCK)
)


class Issue(Form):
    """The secret itself stays with whoever made it; the house learns its hash."""

    username: str = Field(title="登录名", min_length=3, max_length=60)
    kind: Annotated[TicketKind, Titles(TICKET_TITLES)] = Field(title="种类")
    digest: str = Field(title="凭据的摘要", pattern=r"^[0-9a-f]{64}$")
    clears_second_factor: bool = Field(title="同时清除第二因素", default=False)


class Binding(Form):
    name: str = Field(title="手机", max_length=60)


class NewPhone(Binding):
    user: UUID = Field(title="人员")


def bearer(ticket: Ticket) -> Who:
    """Somebody who carries a ticket: nobody yet, but named by it."""
    return Who(
        kind=PostKind.PUBLIC,
        name=ticket.user.name,
        user_id=ticket.user_id,
        device=str(ticket.id),
    )


def may_start(who: Who, user: User) -> bool:
    """Whoever may appoint a person to each post he holds may let him start."""
    if who.kind in (PostKind.SECURITY_ADMIN, PostKind.CLOCK):
        return True
    held = Post.objects.filter(user=user).exclude(state=PostState.ENDED)
    seen = posts_for(who).filter(user=user).exclude(state=PostState.ENDED)
    kinds = [PostKind(kind) for kind in held.values_list("kind", flat=True)]
    return (
        bool(kinds)
        and len(kinds) == seen.count()
        and all(may_appoint(who.kind, kind) for kind in kinds)
    )


@action(TICKETS, CREATE, "发放登录凭据", posts=(*ISSUERS, PostKind.CLOCK), source=_SOURCE)
def issue_ticket(_: None, call: Call, form: Issue) -> Outcome:
    """A new ticket makes every earlier one of its kind void.

    Refuses `user-unknown`, `not-yours-to-start`, `no-phone-post`.
    """
    user = people_for(call.who).filter(username=form.username, is_active=True).first()
    if user is None:
        raise Refusal("user-unknown", username=form.username)
    if not may_start(call.who, user):
        raise Refusal("not-yours-to-start", user=user.name)
    if form.kind == TicketKind.PAPER:
        _check_phone_post(user, call.received_at)
    for earlier in Ticket.objects.filter(user=user, kind=form.kind, state=TicketState.ISSUED):
        perform(cancel_ticket, earlier, call.child(), Nothing())
    ticket = Ticket(
        user=user,
        kind=form.kind,
        digest=form.digest,
        valid_until=call.received_at + _lasting(form.kind, call.received_at),
        clears_second_factor=form.clears_second_factor and form.kind == TicketKind.LINK,
    )
    return Outcome(new=ticket, result={"user": user.name})


def _lasting(kind: TicketKind, now: datetime) -> timedelta:
    if kind == TicketKind.LINK:
        return timedelta(hours=policy.limit("link_hours", now))
    return timedelta(days=policy.limit("paper_days", now))


def _check_phone_post(user: User, now: datetime) -> None:
    held = Post.objects.filter(user=user, kind__in=policy.pin_posts(now))
    if not held.exclude(state=PostState.ENDED).exists():
        raise Refusal("no-phone-post", user=user.name)


@action(
    TICKETS,
    TicketMove.CANCEL,
    "作废登录凭据",
    posts=(*ISSUERS, PostKind.CLOCK),
    source=_SOURCE,
    inner=True,
)
def cancel_ticket(ticket: Ticket, call: Call, _: Nothing) -> Outcome:
    return Outcome()


@action(TICKETS, TicketMove.USE, "使用登录凭据", posts=(PostKind.PUBLIC,), source=_SOURCE)
def use_ticket(ticket: Ticket, call: Call, form: Binding) -> Outcome:
    """Once, in time. A paper code binds the phone it is used on, in place of the one before.

    Refuses `ticket-invalid`.
    """
    if call.received_at > ticket.valid_until:
        raise Refusal("ticket-invalid")
    if ticket.kind == TicketKind.LINK:
        return Outcome(result={"user": ticket.user.name})
    for earlier in Phone.objects.filter(user=ticket.user, state=PhoneState.BOUND):
        perform(replace_phone, earlier, call.child(), Nothing())
    bound = perform(
        bind_phone, None, call.child(), NewPhone(name=form.name, user=ticket.user_id)
    ).made
    return Outcome(result={"user": ticket.user.name, "phone": bound})


@action(PHONES, CREATE, "绑定手机", posts=(PostKind.PUBLIC,), source=_SOURCE, inner=True)
def bind_phone(_: None, call: Call, form: NewPhone) -> Outcome:
    return Outcome(new=Phone(user_id=form.user, name=form.name))


@action(PHONES, PhoneMove.REVOKE, "换绑手机", posts=(PostKind.PUBLIC,), source=_SOURCE, inner=True)
def replace_phone(phone: Phone, call: Call, _: Nothing) -> Outcome:
    return Outcome()


def _is_own_or_started(phone: Phone, who: Who) -> None:
    if who.user_id != phone.user_id and not (who.kind in ISSUERS and may_start(who, phone.user)):
        raise Refusal("not-your-phone")


@action(
    PHONES,
    PhoneMove.REVOKE,
    "解除手机绑定",
    posts=_OWNERS,
    source=_SOURCE,
    guard=_is_own_or_started,
)
def revoke_phone(phone: Phone, call: Call, _: Nothing) -> Outcome:
    """A lost phone is out at its next request."""
    return Outcome(result={"user": phone.user.name})
