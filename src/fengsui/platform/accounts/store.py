"""Passwords: no record, no ledger; only their hashes are kept."""

from django.contrib.auth.hashers import make_password

from fengsui.platform.accounts.models import User


def share_password(password: str) -> None:
    """Give every account of a demonstration the same password, hashed once."""
    User.objects.update(password=make_password(password), must_change_password=False)
