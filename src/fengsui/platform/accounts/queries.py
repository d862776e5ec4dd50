"""Who holds which post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.access import (
    certificates_for,
    organisations_for,
    people_for,
    posts_for,
)
from fengsui.platform.accounts.lifecycle import OrganisationState, PostState
from fengsui.platform.accounts.models import (
    Certificate,
    Organisation,
    OrganisationKind,
    Post,
    User,
)
from fengsui.platform.regions.models import within
from fengsui.platform.who import ADMINISTRATORS, ENFORCERS, OFFICERS, PostKind, Who

PAGE_SIZE = 50
_OFFERED = 400


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


def check_certified(who: Who, on: date) -> None:
    """The person who acts, holder or deputy, may enforce on a day. Refuses `certificate-missing`."""
    post = Post.objects.filter(id__in=[who.post_id]).first()
    if post is None:
        raise Refusal("certificate-missing", officer=who.name, on=on)
    person = post.deputy_id if who.acting_for else post.user_id
    valid = Certificate.objects.filter(state="valid", issued_on__lte=on, valid_until__gte=on)
    if not valid.filter(user_id__in=[person]).exists():
        raise Refusal("certificate-missing", officer=who.name, on=on)


def actor_of(post_id: UUID) -> Who:
    """The actor of a post, for players and tests that act as people."""
    return who_of(Post.objects.select_related("user", "organisation").get(id=post_id))


def holder_of(post_id: UUID) -> User:
    """Who holds, or last held, a post."""
    return Post.objects.select_related("user").get(id=post_id).user


def kind_of(post_id: UUID) -> PostKind:
    return PostKind(Post.objects.values_list("kind", flat=True).get(id=post_id))


def possible_deputies(post: Post) -> list[Post]:
    """Living posts, one a person, whose holders may act in `post`: of the same organisation.

    An administrator is stood in for by another of the same kind only, nobody else by one.
    """
    living = Post.objects.exclude(state=PostState.ENDED).exclude(user_id=post.user_id)
    living = living.filter(organisation_id=post.organisation_id, user__is_active=True)
    if post.kind in ADMINISTRATORS:
        living = living.filter(kind=post.kind)
    else:
        living = living.exclude(kind__in=ADMINISTRATORS)
    found = living.select_related("user").order_by("user__name", "user_id", "id")
    return list({colleague.user_id: colleague for colleague in found}.values())


def other_holders(post: Post) -> bool:
    """Does anybody else hold a living post of this kind?"""
    living = Post.objects.filter(kind=post.kind).exclude(state=PostState.ENDED)
    return living.exclude(user_id=post.user_id).exists()


def organisations_offered(who: Who, only: UUID | None) -> list[Organisation]:
    """Organisations to appoint into: the one named, else agencies and townships in reach."""
    active = organisations_for(who).filter(state=OrganisationState.ACTIVE)
    if only is not None:
        return list(active.filter(id=only))
    agencies = active.exclude(kind=OrganisationKind.UNIT)
    return list(agencies.order_by("region", "kind", "name")[:_OFFERED])


def organisation_named(who: Who, text: str) -> list[Organisation]:
    """Active organisations of this id or exact name, within reach."""
    active = organisations_for(who).filter(state=OrganisationState.ACTIVE)
    try:
        return list(active.filter(id=UUID(text)))
    except ValueError:
        return list(active.filter(name=text)[:2])


def people_after(who: Who, after: str, text: str) -> list[User]:
    """People in reach by sign-in name, with their living posts that `who` may see."""
    found = people_for(who).order_by("username")
    if text:
        found = found.filter(Q(username__icontains=text) | Q(name__icontains=text))
    if after:
        found = found.filter(username__gt=after)
    return list(found.prefetch_related(_seen_posts(who))[:PAGE_SIZE])


def posts_listed(who: Who, said: Mapping[str, str]) -> QuerySet[Post]:
    """The living posts behind the list of people, under what its address says, with certificates.

    A post and its certificate are seen by the same people: where the post is in reach.
    """
    found = posts_for(who).exclude(state=PostState.ENDED)
    if text := said.get("q", "").strip():
        found = found.filter(Q(user__username__icontains=text) | Q(user__name__icontains=text))
    valid = certificates_for(who).filter(state="valid").order_by("-valid_until", "id")
    papers = Prefetch("user__certificates", valid, to_attr="seen_certificates")
    return found.select_related("user", "organisation", "deputy").prefetch_related(papers)


def person_page(who: Who, user_id: UUID) -> User | None:
    """One person in reach."""
    found = people_for(who).filter(id=user_id)
    return found.prefetch_related(_seen_posts(who)).first()


def _seen_posts(who: Who) -> "Prefetch[str, QuerySet[Post], str]":
    living = posts_for(who).exclude(state=PostState.ENDED).select_related("organisation", "deputy")
    return Prefetch("posts", living.order_by("since_on", "id"), to_attr="seen_posts")


def certificates_of(user_id: UUID) -> list[Certificate]:
    """A person's certificates, the longest valid first."""
    return list(Certificate.objects.filter(user_id=user_id).order_by("-valid_until", "id"))


def own_posts(user_id: UUID) -> list[Post]:
    """A person's living posts."""
    living = Post.objects.filter(user_id=user_id).exclude(state=PostState.ENDED)
    return list(living.select_related("organisation", "deputy", "user").order_by("since_on", "id"))


def is_anybody_there() -> bool:
    """Has this installation been begun?"""
    return User.objects.exists()


def living_posts(organisation_id: UUID) -> list[Post]:
    """Everybody who holds a post in an organisation now."""
    living = Post.objects.filter(organisation_id=organisation_id).exclude(state=PostState.ENDED)
    return list(living.select_related("user").order_by("user__name", "id"))


def colleagues(who: Who) -> list[tuple[str, str]]:
    """Who enforces in one's own brigade, as (post, name): by whom its visits may be filtered."""
    if who.organisation_id is None or who.kind not in OFFICERS:
        return []
    living = living_posts(who.organisation_id)
    return [(str(post.id), post.user.name) for post in living if post.kind in ENFORCERS]


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
