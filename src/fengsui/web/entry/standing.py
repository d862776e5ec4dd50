"""What stands between a signed-in person and a post: a new password, the choice, the second factor."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from fengsui.platform.accounts.models import Post, User
from fengsui.platform.accounts.queries import usable_posts, who_of
from fengsui.platform.rules import local_day
from fengsui.platform.signin import policy
from fengsui.platform.signin.models import SignedIn, Way
from fengsui.platform.signin.queries import running, second_factor_of
from fengsui.platform.signin.receivers import SIGNED_IN, WAY
from fengsui.platform.signin.store import touch
from fengsui.platform.who import PostKind, Who

POST_KEY = "post"


@dataclass(frozen=True, slots=True)
class Standing:
    """`who` may act; or, with nobody, `gate` is the page to pass first (its url name)."""

    who: Who | None = None
    gate: str = ""


def standing(request: HttpRequest, *, active: bool = True) -> Standing:
    """Decided anew at each request: what ended has ended. A stream that merely stays open is not `active`."""
    user, now = request.user, timezone.now()
    if not isinstance(user, User):
        return Standing()
    session = _running(request, user, now)
    if session is None:
        request.session.flush()
        request.user = AnonymousUser()
        return Standing()
    if active:
        touch(session, now)
    if user.must_change_password:
        return Standing(gate="entry:password")
    return _in_post(request, user, session, now)


def _running(request: HttpRequest, user: User, now: datetime) -> SignedIn | None:
    signed_in = request.session.get(SIGNED_IN)
    if not signed_in or not user.is_active:
        return None
    return running(UUID(signed_in), user.id, now)


def _in_post(request: HttpRequest, user: User, session: SignedIn, now: datetime) -> Standing:
    posts = open_posts(user, Way(session.way), now)
    chosen = request.session.get(POST_KEY)
    if not chosen and len(posts) == 1:
        chosen = request.session[POST_KEY] = str(posts[0][0].id)
    for post, lent in posts:
        if str(post.id) == chosen:
            gate = _gate(request, user, PostKind(post.kind), now)
            who = who_of(post, post.user.name if lent else "", user.name)
            return Standing(gate=gate) if gate else Standing(who)
    return Standing(gate="entry:post")


def open_posts(user: User, way: Way, now: datetime) -> list[tuple[Post, bool]]:
    """The posts to choose from; a PIN opens fewer than a password."""
    posts = usable_posts(user.id, local_day(now))
    if way == Way.PIN:
        allowed = policy.pin_posts(now)
        return [(post, lent) for post, lent in posts if post.kind in allowed]
    return posts


def way_of(request: HttpRequest) -> Way:
    """How this session was begun; a password unless the phone says otherwise."""
    return Way(request.session.get(WAY, Way.PASSWORD))


def _gate(request: HttpRequest, user: User, kind: PostKind, now: datetime) -> str:
    if is_verified(request) or not policy.asks_second_factor(kind, now):
        return ""
    if second_factor_of(user.id) is not None:
        return "entry:code"
    return "entry:enrol" if policy.demands_enrolment() else ""


def is_verified(request: HttpRequest) -> bool:
    """Has this session shown its second factor? (set by django-otp's middleware)"""
    return bool(getattr(request.user, "otp_device", None))
