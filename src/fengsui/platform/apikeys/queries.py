"""Which keys there are, and in whose post the bearer of a secret acts."""

import hashlib
import secrets
from datetime import date
from uuid import UUID

from fengsui.platform.accounts.lifecycle import PostState
from fengsui.platform.accounts.models import Post
from fengsui.platform.accounts.queries import who_of
from fengsui.platform.apikeys.access import api_keys_for
from fengsui.platform.apikeys.lifecycle import State
from fengsui.platform.apikeys.models import ApiKey
from fengsui.platform.who import Who

PREFIX = "fsk_"


def new_secret() -> str:
    """256 random bits, for a key that does not exist yet. Nobody keeps it but its bearer."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret: SHA-256, hex. The secret itself is 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer(secret: str, on: date) -> tuple[ApiKey, Who] | None:
    """The key and the actor it makes of its bearer on that day; None for a key that does not work.

    A key stops with its last day, its revocation, its post and its holder's account.
    """
    found = (
        ApiKey.objects.select_related("post__user", "post__organisation")
        .filter(digest=bytes.fromhex(digest_of(secret)), state=State.VALID, ends_on__gte=on)
        .exclude(post__state=PostState.ENDED)
        .filter(post__user__is_active=True)
        .first()
    )
    return (found, who_of(found.post)) if found else None


def all_keys(who: Who) -> list[ApiKey]:
    """Keys that a post may see, with their holders and last use, newest first."""
    related = ("post__user", "post__organisation", "last_use")
    return list(api_keys_for(who).select_related(*related).order_by("-id"))


def last_used_on(key: ApiKey) -> date | None:
    """The last day a key was used, if ever."""
    use = getattr(key, "last_use", None)
    return use.on if use else None


def living_posts(named: str) -> list[Post]:
    """The living posts that a sign-in name or a post's own id stands for."""
    living = Post.objects.exclude(state=PostState.ENDED).select_related("user", "organisation")
    try:
        return list(living.filter(id=UUID(named)))
    except ValueError:
        return list(living.filter(user__username=named).order_by("since_on", "id"))
