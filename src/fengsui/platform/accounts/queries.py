"""Who holds which post."""

from datetime import date
from uuid import UUID

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


def valid_certificate(user_id: UUID, on: date) -> Certificate | None:
    """The certificate that lets an officer enforce on that day (行政处罚法 §42)."""
    return Certificate.objects.filter(
        user_id=user_id, state="valid", issued_on__lte=on, valid_until__gte=on
    ).first()
