"""Notices by SMTP. The Message-ID is made from the key, so that a repeat can be known as one."""

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage

from fengsui.platform.notices.gateway import Message, Rejected, Unreachable

_PERMANENT = range(500, 600)


def send(message: Message) -> str:
    """The Message-ID. Raises Unreachable, Rejected."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    message_id = f"<{message.key}@{domain}>"
    letter = EmailMessage(
        subject=message.title,
        body=f"{message.text}\n\n{message.link}\n",
        to=[message.to],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )
    try:
        letter.send()
    except SMTPRecipientsRefused as no:
        codes = [code for code, _words in no.recipients.values()]
        raise _kind(max(codes, default=0))(f"recipient refused: {codes}") from no
    except SMTPResponseException as no:
        raise _kind(no.smtp_code)(f"SMTP {no.smtp_code}") from no
    except (SMTPException, OSError) as trouble:
        raise Unreachable(type(trouble).__name__) from trouble
    return message_id


def _kind(code: int) -> type[Exception]:
    return Rejected if code in _PERMANENT else Unreachable
