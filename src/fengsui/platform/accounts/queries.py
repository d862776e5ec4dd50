"""Who holds which post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.lifecycle import PostState
from fengsui.platform.accounts.models import Certificate, Post
from fengsui.platform.who import PostKind, Who


def who_of(post: Post, acting_for: str = "", user_name: str = "") -> Who:
    """The actor that a post makes of its holder (or of a deputy, named by `user_name`)."""
    return Who(
        kind=PostKind(post.kind),
        name=user_name or post.user.name,
        region=post.region,
        user_id=post.user_id,
        post_id=post.id,
        organisation_id=post.organisation_id,
        organisation=post.organisation.name,
        acting_for=acting_for,
    )


def post_in(organisation_id: UUID, post_id: UUID) -> Post:
    """A living post of an organisation. Refuses `post-elsewhere`."""
    living = Post.objects.exclude(state=PostState.ENDED).select_related("user", "organisation")
    post = living.filter(id=post_id, organisation_id=organisation_id).first()
    if post is None:
        raise Refusal("post-elsewhere")
    return post


def usable_posts(user_id: UUID, on: date) -> list[tuple[Post, bool]]:
    """The posts a person may act in on a day, with whether as deputy for a holder on leave."""
    living = Post.objects.exclude(state=PostState.ENDED).select_related("user", "organisation")
    own = living.filter(user_id=user_id).order_by("since_on", "id")
    lent = living.filter(
        deputy_id=user_id, state=PostState.ON_LEAVE, deputy_until__gte=on
    ).order_by("since_on", "id")
    return [(post, False) for post in own] + [(post, True) for post in lent]


def who_in(user_id: UUID, user_name: str, post_id: UUID, on: date) -> Who | None:
    """The actor of a signed-in person in a post, or None when the post is not theirs to use."""
    for post, lent in usable_posts(user_id, on):
        if post.id == post_id:
            return who_of(post, post.user.name if lent else "", user_name)
    return None


def officers_of(organisation_id: UUID, on: date) -> list[Post]:
    """Supervisors and heads of a brigade with a certificate valid that day, for the second seat."""
    certified = Certificate.objects.filter(
        state="valid", issued_on__lte=on, valid_until__gte=on
    ).values("user_id")
    return list(
        Post.objects.filter(
            organisation_id=organisation_id,
            kind__in=(PostKind.SUPERVISOR, PostKind.BRIGADE_HEAD),
            state=PostState.HELD,
            user__in=certified,
        )
        .select_related("user")
        .order_by("user__name", "id")
    )


@dataclass(frozen=True, slots=True)
class Certified:
    """An officer as a paper names him: the post, and the number of the certificate."""

    post: Post
    certificate: str


def certified(
    post_ids: Sequence[UUID], on: date, organisation_id: UUID | None = None
) -> list[Certified]:
    """Posts whose holders may enforce on a day (行政处罚法 §42), in the order asked.

    With an organisation they must be living posts of it. Refuses `post-elsewhere`,
    `certificate-missing`.
    """
    papers = Certificate.objects.filter(
        user=OuterRef("user"), state="valid", issued_on__lte=on, valid_until__gte=on
    )
    posts = Post.objects.filter(id__in=post_ids).select_related("user")
    if organisation_id is not None:
        posts = posts.filter(organisation_id=organisation_id).exclude(state=PostState.ENDED)
    numbered = posts.annotate(paper=Subquery(papers.order_by("id").values("number")[:1]))
    found = {post.id: Certified(post, post.paper or "") for post in numbered}
    if found.keys() != set(post_ids):
        raise Refusal("post-elsewhere")
    for officer in found.values():
        if not officer.certificate:
            raise Refusal("certificate-missing", officer=officer.post.user.name, on=on)
    return [found[post_id] for post_id in post_ids]


def actor_of(post_id: UUID) -> Who:
    """The actor of a post, for players and tests that act as people."""
    return who_of(Post.objects.select_related("user", "organisation").get(id=post_id))
