"""Officers' certificates: by what paper they enforce (行政处罚法 §42)."""

from datetime import date

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.access import certificates_for
from fengsui.platform.accounts.actions.organisations import KEEPER, READERS, Why
from fengsui.platform.accounts.lifecycle import (
    CERTIFICATE,
    CertificateMove,
)
from fengsui.platform.accounts.models import (
    Certificate,
    User,
)
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calls import Call, Form, Outcome
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.who import PostKind

CERTIFICATES = record_type(
    RecordType(
        name="certificate",
        plural="certificates",
        title="执法证件",
        model=Certificate,
        lifecycle=CERTIFICATE,
        visible=certificates_for,
        label=str,
        listed=("number", "user", "issued_on", "valid_until"),
        shown=(
            Shown("number", "证件编号"),
            Shown("user", "持证人"),
            Shown("issued_on", "发证日期"),
            Shown("valid_until", "有效期至"),
        ),
        related=("user",),
        readers=READERS,
    )
)


class NewCertificate(Form):
    username: str = Field(title="登录名", min_length=3, max_length=60)
    number: str = Field(title="证件编号", min_length=4, max_length=40)
    issued_on: date = Field(title="发证日期")
    valid_until: date = Field(title="有效期至")


@action(
    CERTIFICATES, CREATE, "登记执法证件", posts=(*KEEPER, PostKind.CLOCK), source="行政处罚法 §42"
)
def register_certificate(_: None, call: Call, form: NewCertificate) -> Outcome:
    user = User.objects.filter(username=form.username).first()
    if user is None:
        raise Refusal("user-unknown", username=form.username)
    if (held := Certificate.objects.filter(number=form.number).first()) is not None:
        code = "certificate-held" if held.user_id == user.id else "certificate-taken"
        raise Refusal(code, number=form.number, user=held.user.name)
    if form.valid_until < form.issued_on:
        raise Refusal("dates-reversed", first=form.issued_on, last=form.valid_until)
    return Outcome(
        new=Certificate(
            user=user,
            number=form.number,
            issued_on=form.issued_on,
            valid_until=form.valid_until,
        )
    )


@action(
    CERTIFICATES, CertificateMove.WITHDRAW, "收回执法证件", posts=KEEPER, source="行政处罚法 §42"
)
def withdraw_certificate(certificate: Certificate, call: Call, form: Why) -> Outcome:
    return Outcome(result={"reason": form.reason})
