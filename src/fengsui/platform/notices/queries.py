"""Named reads of notices."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Max, QuerySet

from fengsui.platform.accounts.lifecycle import PostState
from fengsui.platform.accounts.models import Post, User
from fengsui.platform.notices.access import faults_for, notices_for, wishes_for
from fengsui.platform.notices.lifecycle import FaultState, Progress
from fengsui.platform.notices.models import AddressUse, Fault, Notice, Sending, Wish
from fengsui.platform.who import PostKind, Who

PAGE_SIZE = 50
_PLACE = re.compile(r"^([us])(\d{1,18})$")


def unread(who: Who, cap: int = 100) -> int:
    """How many this post has not seen, counted no further than `cap`."""
    return len(notices_for(who).filter(seen_at=None).order_by()[:cap])


def notices_after(who: Who, after: str) -> list[Notice]:
    """A page: unread first, then seen, each newest first. `after` is `place_of` the last one."""
    phase, last = _place(after)
    own = notices_for(who).order_by("-id")
    fresh = own.filter(seen_at=None, id__lt=last) if phase == "u" else own.none()
    found = list(fresh[:PAGE_SIZE])
    if len(found) < PAGE_SIZE:
        seen = own.exclude(seen_at=None)
        below = seen.filter(id__lt=last) if phase == "s" else seen
        found += below[: PAGE_SIZE - len(found)]
    return found


def place_of(notice: Notice) -> str:
    return f"{'s' if notice.seen_at else 'u'}{notice.id}"


def _place(after: str) -> tuple[str, int]:
    """Nonsense starts at the beginning."""
    found = _PLACE.match(after)
    return (found[1], int(found[2])) if found else ("u", 1 << 62)


def notice_of(who: Who, number: int) -> Notice | None:
    return notices_for(who).filter(id=number).first()


def last_number() -> int:
    top: int | None = Notice.objects.aggregate(top=Max("id"))["top"]
    return top or 0


def tail(after: int, limit: int) -> list[Notice]:
    """The notices after a number, for whomever: the one reader of a process asks."""
    return list(Notice.objects.filter(id__gt=after).order_by("id")[:limit])


def missed(post_id: UUID, after: int, until: int, limit: int) -> list[Notice]:
    """What one post was told between two numbers (after, until], oldest first."""
    own = Notice.objects.filter(post_id=post_id, id__gt=after, id__lte=until)
    return list(own.order_by("id")[:limit])


def holders(kinds: Sequence[PostKind], organisation_id: UUID | None) -> list[Post]:
    """Living posts of some kinds, of one organisation unless that does not matter."""
    living = Post.objects.filter(kind__in=kinds).exclude(state=PostState.ENDED)
    if organisation_id is not None:
        living = living.filter(organisation_id=organisation_id)
    return list(living.order_by("id"))


def posts(ids: Sequence[UUID]) -> list[Post]:
    living: QuerySet[Post] = Post.objects.exclude(state=PostState.ENDED)
    return list(living.filter(id__in=ids).order_by("id"))


def person_at(post_id: UUID, on: date) -> User | None:
    """Whoever uses a post now: its holder, or the deputy while the holder is on leave."""
    living = Post.objects.exclude(state=PostState.ENDED).select_related("user", "deputy")
    post = living.filter(id=post_id).first()
    if post is None:
        return None
    lent = post.state == PostState.ON_LEAVE and post.deputy_until and post.deputy_until >= on
    return post.deputy if lent and post.deputy else post.user


def wish_of(user_id: UUID) -> Wish | None:
    return Wish.objects.filter(user_id=user_id).first()


def own_wish(who: Who) -> Wish | None:
    return wishes_for(who).first()


def wishes_at(post_ids: Sequence[UUID]) -> Mapping[UUID, Wish]:
    """The wish of each post's holder."""
    users = dict(Post.objects.filter(id__in=post_ids).values_list("id", "user_id"))
    wishes = {wish.user_id: wish for wish in Wish.objects.filter(user_id__in=users.values())}
    return {post: wishes[user] for post, user in users.items() if user in wishes}


def use_of(sending_id: UUID) -> AddressUse | None:
    return AddressUse.objects.filter(sending_id=sending_id).first()


def sending_by_id(sending_id: UUID) -> Sending | None:
    return Sending.objects.select_related("notice").filter(id=sending_id).first()


def sending_by_provider(channel: str, provider_id: str) -> Sending | None:
    found = Sending.objects.select_related("notice").filter(channel=channel)
    return found.filter(provider_id=provider_id).first()


def open_fault(channel: str) -> Fault | None:
    return Fault.objects.filter(channel=channel, state=FaultState.OPEN).first()


def fault_page(who: Who, fault_id: UUID) -> tuple[Fault, list[Sending]] | None:
    """A fault with the newest sendings that failed on its channel."""
    fault = faults_for(who).filter(id=fault_id).first()
    if fault is None:
        return None
    failed = Sending.objects.filter(channel=fault.channel, state=Progress.FAILED)
    return fault, list(failed.select_related("notice").order_by("-id")[:PAGE_SIZE])


def sendings_of(notices: Sequence[Notice]) -> Mapping[int, list[Sending]]:
    """How far each notice got, channel by channel."""
    found: dict[int, list[Sending]] = {notice.id: [] for notice in notices}
    for sending in Sending.objects.filter(notice__in=notices).order_by("channel"):
        found[sending.notice_id].append(sending)
    return found
