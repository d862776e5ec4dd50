"""Which passwords are good enough: Django's checks and the length that the rulebook asks."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from fengsui.platform.accounts.models import User
from fengsui.platform.signin import policy


class LengthByRule:
    """At least as long as rule SIGN-IN says."""

    def validate(self, password: str, user: User | None = None) -> None:
        least = policy.limit("password_length", timezone.now())
        if len(password) < least:
            raise ValidationError(_("密码至少 {n} 位，可以用一句话。").format(n=least))

    def get_help_text(self) -> str:
        least = policy.limit("password_length", timezone.now())
        return _("至少 {n} 位，不用常见密码，不含姓名和登录名。").format(n=least)


def faults(password: str, user: User) -> str:
    """What is wrong with a password, in words; empty when it will do."""
    try:
        validate_password(password, user)
    except ValidationError as wrong:
        return "".join(wrong.messages)
    return ""
