"""What stands behind a sign-in. Secrets are kept as hashes only; what changes at every sign-in is no record."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_noop as n

from fengsui.kernel.ids import new_id
from fengsui.platform.accounts.models import User
from fengsui.platform.records import Record


class TicketKind(StrEnum):
    LINK = "link"
    PAPER = "paper"


TICKET_TITLES = {TicketKind.LINK: n("一次性链接"), TicketKind.PAPER: n("纸质登录码")}


class Ticket(Record):
    """A secret that lets one person start once: a link to set a password, or a code on paper for a phone.

    `clears_second_factor`: using it also forgets the lost second factor.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="tickets")
    kind = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    valid_until = models.DateTimeField()
    clears_second_factor = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.user)


class Phone(Record):
    """A phone that its owner opens with a PIN."""

    user = models.ForeignKey(User, models.PROTECT, related_name="phones")
    name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


class PhoneKey(models.Model):
    """The hashes that open a phone, and how often in a row the PIN was wrong. Gone with the binding."""

    phone = models.OneToOneField(Phone, models.CASCADE, primary_key=True, related_name="key")
    token = models.CharField(max_length=64, unique=True)
    pin = models.CharField(max_length=128)
    wrong = models.PositiveSmallIntegerField(default=0)
    valid_until = models.DateTimeField()


class Way(StrEnum):
    PASSWORD = "password"  # noqa: S105  a word, not a secret
    PIN = "pin"


class SignedIn(models.Model):
    """One running sign-in. Looked at on each request, so that ending it ends it at once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="signed_in")
    phone = models.ForeignKey(Phone, models.CASCADE, null=True)
    way = models.CharField(max_length=12)
    at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.CharField(max_length=45)
    agent = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("user", "seen_at"),
                condition=models.Q(ended_at=None),
                name="signed_in_running",
            ),
        )


class RecoveryCode(models.Model):
    """A way in when the phone with the second factor is lost; each works once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "digest"), name="one_recovery_code"),
        )


class What(StrEnum):
    """What happened at the door."""

    SIGNED_IN = "signed_in"
    PIN_SIGNED_IN = "pin_signed_in"
    SIGNED_OUT = "signed_out"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105
    LOCKED = "locked"
    WRONG_TICKET = "wrong_ticket"
    WRONG_PIN = "wrong_pin"
    PHONE_LOCKED = "phone_locked"
    CODE_ACCEPTED = "code_accepted"
    CODE_WRONG = "code_wrong"
    CODE_LOCKED = "code_locked"
    RECOVERY_USED = "recovery_used"
    ENROLLED = "enrolled"
    FORGOTTEN = "forgotten"
    PASSWORD_SET = "password_set"  # noqa: S105
    ENDED = "ended"


WHAT_TITLES = {
    What.SIGNED_IN: n("登录"),
    What.PIN_SIGNED_IN: n("凭手机口令登录"),
    What.SIGNED_OUT: n("退出"),
    What.WRONG_PASSWORD: n("密码不对"),
    What.LOCKED: n("错误过多，账号锁定"),
    What.WRONG_TICKET: n("登录码或链接无效"),
    What.WRONG_PIN: n("手机口令不对"),
    What.PHONE_LOCKED: n("手机口令错误过多，手机锁定"),
    What.CODE_ACCEPTED: n("动态口令通过"),
    What.CODE_WRONG: n("动态口令不对"),
    What.CODE_LOCKED: n("动态口令错误过多，暂停核对"),
    What.RECOVERY_USED: n("使用备用码"),
    What.ENROLLED: n("启用第二因素"),
    What.FORGOTTEN: n("清除第二因素"),
    What.PASSWORD_SET: n("设置密码"),
    What.ENDED: n("登录被终止"),
}


class SignInEvent(models.Model):
    """What happened at the door: kept for a time by rule SIGN-IN, apart from the business ledger.

    `username` is empty when no such account exists: people type passwords into the wrong field.
    """

    at = models.DateTimeField(db_index=True)
    what = models.CharField(max_length=20)
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="sign_in_events")
    username = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = (models.Index(fields=("user", "what", "at")),)
