"""House policy on signing in, from the rulebook and the settings: who must do what, how often, how long."""

from datetime import datetime, timedelta

from django.conf import settings

from fengsui.platform import rules
from fengsui.platform.who import PostKind


def limit(name: str, now: datetime) -> int:
    return rules.limit("SIGN-IN", name, rules.local_day(now))


def asks_second_factor(kind: PostKind, now: datetime) -> bool:
    """Is this one of the posts for which a password alone is not enough?"""
    return kind in rules.words("SECOND-FACTOR-POSTS", rules.local_day(now))


def demands_enrolment() -> bool:
    """`second_factor = "offered"` asks only those who have one; meant for demonstrations."""
    return bool(settings.SECOND_FACTOR == "required")


def pin_posts(now: datetime) -> tuple[str, ...]:
    return rules.words("PIN-POSTS", rules.local_day(now))


def idle() -> timedelta:
    return timedelta(minutes=settings.SESSION_IDLE_MINUTES)


def longest() -> timedelta:
    return timedelta(hours=settings.SESSION_HOURS)
