"""People at the door: links, codes, authenticators, as they come from outside."""

import base64
import hmac
import struct
import time
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

from fengsui.platform.accounts.models import User
from fengsui.platform.signin import second_factor, starting, store
from fengsui.platform.signin.models import TicketKind
from fengsui.platform.signin.store import NOWHERE
from fengsui.platform.who import PostKind, Who
from tests import make

PASSWORD = "a long enough one 1"
NEW_PASSWORD = "another long enough one 2"
PIN = "280641"


def totp(secret: str, ahead: int = 0) -> str:
    """RFC 6238 with SHA-1, six digits, half a minute a step, `ahead` steps from now."""
    key = base64.b32decode(secret.replace(" ", ""))
    counter = struct.pack(">Q", int(time.time()) // 30 + ahead)
    digest = hmac.new(key, counter, "sha1").digest()
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def secret_of(device):
    return parse_qs(urlsplit(device.config_url).query)["secret"][0]


def issued(by: Who, user: User, kind=TicketKind.LINK, at: datetime | None = None, **more):
    """A ticket and its secret; `at` lets it be an old one."""
    moment = at or timezone.now()
    call = make.call(by, at=moment, received_at=moment)
    return starting.issue(call, user.username, kind, **more)


def keeper() -> Who:
    return make.who(PostKind.SECURITY_ADMIN, organisation=make.organisation(kind="operator"))


def holder(who: Who) -> User:
    return User.objects.get(id__in=[who.user_id])


def enrolled(user: User) -> tuple[str, list[str]]:
    """An authenticator put into use; its secret and the recovery codes."""
    secret = secret_of(store.draft_second_factor(user))
    codes = second_factor.enrol(user, totp(secret), timezone.now(), NOWHERE)
    assert codes is not None
    return secret, list(codes)


def sign_in(client, who: Who, password: str = PASSWORD):
    return client.post("/sign-in", {"username": make.username(who), "password": password})
