"""What people and the clock do about notices that stays on record."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calls import PERSONAL, Call, Closes, Form, Opens, Outcome
from fengsui.platform.notices import queries, store
from fengsui.platform.notices.access import address_uses_for, faults_for, wishes_for
from fengsui.platform.notices.lifecycle import (
    ADDRESS_USE,
    CHANNEL_TITLES,
    FAULT,
    OCCASION_TITLES,
    WISH,
    Channel,
    FaultMove,
    WishMove,
)
from fengsui.platform.notices.models import AddressUse, Fault, Wish
from fengsui.platform.notices.receivers import receiver_words
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.who import PostKind


def _wish_named(_: Wish) -> str:
    return "提醒方式"


def _use_named(use: AddressUse) -> str:
    return f"{CHANNEL_TITLES[Channel(use.channel)]}·{OCCASION_TITLES[use.occasion]}"


def _fault_named(fault: Fault) -> str:
    return f"{CHANNEL_TITLES[Channel(fault.channel)]}故障"


WISHES = record_type(
    RecordType(
        name="notice_wish",
        plural="notice-wishes",
        title="提醒方式",
        model=Wish,
        lifecycle=WISH,
        visible=wishes_for,
        label=_wish_named,
        listed=("mail", "by_mail", "by_sms", "by_robot"),
        shown=(
            Shown("mail", "邮箱"),
            Shown("by_mail", "邮件"),
            Shown("by_sms", "短信"),
            Shown("by_robot", "工作群机器人"),
        ),
        unseen="邮箱由本人填写，只供系统发送提醒；需要更改时由本人重新填写。",
    )
)
ADDRESS_USES = record_type(
    RecordType(
        name="address_use",
        plural="address-uses",
        title="号码使用记录",
        model=AddressUse,
        lifecycle=ADDRESS_USE,
        visible=address_uses_for,
        label=_use_named,
        listed=("channel", "occasion", "receiver"),
        shown=(
            Shown("channel", "渠道", CHANNEL_TITLES),
            Shown("occasion", "事由", OCCASION_TITLES),
            Shown("receiver", "号码", told=receiver_words),
        ),
        readers=frozenset({PostKind.AUDIT_ADMIN}),
    )
)
FAULTS = record_type(
    RecordType(
        name="channel_fault",
        plural="channel-faults",
        title="通知渠道故障",
        model=Fault,
        lifecycle=FAULT,
        visible=faults_for,
        label=_fault_named,
        listed=("channel", "error", "since_at"),
        shown=(
            Shown("channel", "渠道", CHANNEL_TITLES),
            Shown("error", "原因"),
            Shown("since_at", "发现时间"),
            Shown("remedy", "处理情况"),
        ),
        readers=frozenset({PostKind.SYSTEM_ADMIN}),
    )
)
_PEOPLE = frozenset(PostKind) - {PostKind.PUBLIC, PostKind.DEVICE, PostKind.CLOCK}


class Wished(Form):
    """The channels added to those of the house."""

    mail: Annotated[str, PERSONAL] = Field(
        title="邮箱", default="", max_length=120, pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$"
    )
    by_mail: bool = Field(title="邮件", default=False)
    by_sms: bool = Field(title="短信", default=False)
    by_robot: bool = Field(title="工作群机器人", default=False)


class Use(Form):
    """For which message whose address was opened."""

    sending: UUID
    channel: Channel
    receiver: str
    occasion: str
    about_type: str
    about_id: UUID


class Broken(Form):
    channel: Channel = Field(title="渠道")
    error: str = Field(title="原因", max_length=300)


class Mended(Form):
    remedy: str = Field(title="处理情况", min_length=2, max_length=200)
    resend: bool = Field(title="重新发送失败的通知", default=True)


@action(WISHES, CREATE, "设置提醒方式", posts=_PEOPLE, source="本系统默认")
def state_wish(_: None, call: Call, form: Wished) -> Outcome:
    """The first wish of a person. Refuses `mail-missing`."""
    if call.who.user_id is None:
        raise Refusal("not-found", type=WISHES.title)
    return Outcome(new=Wish(user_id=call.who.user_id, **_checked(form)))


@action(WISHES, WishMove.CHANGE, "修改提醒方式", posts=_PEOPLE, source="本系统默认")
def change_wish(wish: Wish, call: Call, form: Wished) -> Outcome:
    """A wish replaces the one before; the channels of the house stay. Refuses `mail-missing`."""
    return Outcome(changes=_checked(form))


def _checked(form: Wished) -> dict[str, object]:
    if form.by_mail and not form.mail:
        raise Refusal("mail-missing")
    return form.model_dump()


@action(
    ADDRESS_USES,
    CREATE,
    "为发送通知使用号码",
    posts=(PostKind.CLOCK,),
    source="个人信息保护法 §51",
)
def record_use(_: None, call: Call, form: Use) -> Outcome:
    """A sealed address is opened for one message; this says so before it happens."""
    use = AddressUse(
        sending_id=form.sending,
        channel=form.channel,
        receiver=form.receiver,
        occasion=form.occasion,
        about_type=form.about_type,
        about_id=form.about_id,
    )
    return Outcome(new=use)


@action(FAULTS, CREATE, "报告渠道故障", posts=(PostKind.CLOCK,), source="本系统默认")
def report_fault(_: None, call: Call, form: Broken) -> Outcome:
    """A channel could not deliver: a task for the system administrator, one for each channel."""
    fault = Fault(channel=form.channel, error=form.error, since_at=call.at)
    keepers = queries.holders([PostKind.SYSTEM_ADMIN], None)
    task = [
        Opens(
            kind="channel_fault",
            title="处理通知渠道故障",
            due=rules.deadline("D-CHANNEL", call.at),
            organisation=keeper.organisation_id,
            post=PostKind.SYSTEM_ADMIN,
            subject=CHANNEL_TITLES[form.channel],
            note=form.error[:200],
        )
        for keeper in keepers[:1]
    ]
    return Outcome(new=fault, opens=task)


@action(
    FAULTS,
    FaultMove.CLOSE,
    "处理渠道故障",
    posts=(PostKind.SYSTEM_ADMIN,),
    source="本系统默认",
    main=True,
)
def close_fault(fault: Fault, call: Call, form: Mended) -> Outcome:
    """The channel works again; what failed meanwhile may be sent after all."""
    count = store.requeue(fault.channel, call.received_at) if form.resend else 0
    closes = [Closes("channel_fault")]
    return Outcome(changes={"remedy": form.remedy}, closes=closes, result={"requeued": count})
