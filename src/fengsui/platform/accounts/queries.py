"""Who holds which post."""

from datetime import date
from uuid import UUID

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.lifecycle import OrganisationState, PostState
from fengsui.platform.accounts.models import (
    Certificate,
    Organisation,
    OrganisationKind,
    Post,
    User,
)
from fengsui.platform.regions.models import within
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


def certificate_number(user_id: UUID, on: date) -> str:
    """The number that stands on papers. Refuses `certificate-missing`."""
    certificate = valid_certificate(user_id, on)
    if certificate is None:
        raise Refusal("certificate-missing", officer=User.objects.get(id=user_id).name, on=on)
    return certificate.number


def actor_of(post_id: UUID) -> Who:
    """The actor of a post, for players and tests that act as people."""
    return who_of(Post.objects.select_related("user", "organisation").get(id=post_id))


def living_posts(organisation_id: UUID) -> list[Post]:
    """Everybody who holds a post in an organisation now."""
    living = Post.objects.filter(organisation_id=organisation_id).exclude(state=PostState.ENDED)
    return list(living.select_related("user").order_by("user__name", "id"))


def names_of(post_ids: set[UUID]) -> dict[UUID, str]:
    """Who holds each post."""
    return dict(Post.objects.filter(id__in=post_ids).values_list("id", "user__name"))


def brigades_under(region: str) -> dict[UUID, str]:
    """The brigades of a region by id, in the order of their counties."""
    found = Organisation.objects.filter(within(region), kind=OrganisationKind.BRIGADE)
    living = found.exclude(state=OrganisationState.CLOSED).order_by("region", "id")
    return dict(living.values_list("id", "name"))


def operator_id() -> UUID | None:
    """The organisation that runs the system: where tasks for its administrators belong."""
    kept = Organisation.objects.filter(kind=OrganisationKind.OPERATOR).order_by("id")
    return kept.values_list("id", flat=True).first()


def actor_named(username: str, kind: PostKind) -> Who:
    """The actor of a person's living post of a kind. Refuses `user-unknown`."""
    living = Post.objects.filter(user__username=username, kind=kind).exclude(state=PostState.ENDED)
    post = living.select_related("user", "organisation").first()
    if post is None:
        raise Refusal("user-unknown", username=username)
    return who_of(post)
