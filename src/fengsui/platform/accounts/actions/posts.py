"""Posts: who may act for whom; leave and its deputy."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.contrib.auth.hashers import make_password
from pydantic import Field, field_validator

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.access import organisations_for, posts_for
from fengsui.platform.accounts.actions.organisations import ACCESS, KEEPER, READERS, Why
from fengsui.platform.accounts.finding import POSTS_FOUND_BY
from fengsui.platform.accounts.lifecycle import (
    POST,
    PostMove,
    PostState,
)
from fengsui.platform.accounts.models import (
    Organisation,
    OrganisationKind,
    Post,
    User,
)
from fengsui.platform.accounts.offers import (
    colleagues,
    kinds,
    may_appoint,
    organisations,
)
from fengsui.platform.accounts.queries import other_holders, possible_deputies
from fengsui.platform.actions import CREATE, action, perform
from fengsui.platform.calls import PERSONAL, Call, Form, Nothing, Outcome
from fengsui.platform.fields import keyed_hash
from fengsui.platform.questions import Offers, Titles
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.rules import local_day
from fengsui.platform.who import ADMINISTRATORS, PEOPLE, REGISTRARS, TITLES, PostKind, Who

POSTS = record_type(
    RecordType(
        name="post",
        plural="posts",
        title="岗位",
        model=Post,
        lifecycle=POST,
        visible=posts_for,
        label=str,
        found_by=POSTS_FOUND_BY,
        listed=("user", "organisation", "kind", "since_on"),
        shown=(
            Shown("user", "姓名"),
            Shown("organisation", "机构"),
            Shown("kind", "岗位", TITLES),
            Shown("region", "管辖区划"),
            Shown("since_on", "任职日期"),
            Shown("until_on", "离任日期"),
            Shown("deputy", "代理人"),
            Shown("deputy_until", "代理至"),
        ),
        related=("user", "organisation", "deputy"),
        named_by=("user", "organisation"),
        readers=READERS | {PostKind.GRID_WORKER, PostKind.PREMISES_MANAGER},
    )
)


class Appointment(Form):
    """A person into a post; an account is made when the sign-in name is new."""

    username: str = Field(title="登录名", min_length=3, max_length=60, pattern=r"^[a-z0-9._-]+$")
    name: str = Field(title="姓名", min_length=2, max_length=60)
    phone: Annotated[str, PERSONAL] = Field(title="电话", default="", max_length=20)
    organisation: Annotated[UUID, Offers(organisations)] = Field(title="机构")
    kind: Annotated[PostKind, Titles(TITLES), Offers(kinds)] = Field(title="岗位")
    region: str = Field(title="管辖区划", default="", pattern=r"^$|^[0-9]{12}$")

    @field_validator("kind")
    @classmethod
    def _held_by_people(cls, kind: PostKind) -> PostKind:
        if kind not in PEOPLE:
            raise ValueError(f"{TITLES[kind]}不是由人担任的岗位，请另选")
        return kind


class Leave(Form):
    deputy: Annotated[str, Offers(colleagues)] = Field(title="代理人", min_length=3, max_length=60)
    until: date = Field(title="至")


@action(POSTS, CREATE, "任命岗位", posts=(*KEEPER, *REGISTRARS, PostKind.CLOCK), source=ACCESS)
def appoint(_: None, call: Call, form: Appointment) -> Outcome:
    """See `may_appoint`; the account is made with the first post.

    Refuses `organisation-unknown`, `only-managers`, `posts-not-combinable`, `post-held-already`,
    `name-differs`.
    """
    if not may_appoint(call.who.kind, form.kind):
        raise Refusal("only-managers", kind=form.kind)
    organisation = organisations_for(call.who).filter(id=form.organisation).first()
    if organisation is None:
        raise Refusal("organisation-unknown")
    in_unit = organisation.kind == OrganisationKind.UNIT
    if call.who.kind in REGISTRARS and (form.kind == PostKind.PREMISES_MANAGER) != in_unit:
        raise Refusal("only-managers", kind=form.kind)
    user = User.objects.filter(username=form.username).first()
    user = user or _new_user(form.username, form.name, form.phone)
    if user.name != form.name:
        raise Refusal("name-differs", username=form.username, name=user.name)
    _check_combination(user, form.kind, organisation)
    post = Post(
        user=user,
        organisation=organisation,
        kind=form.kind,
        region=form.region or organisation.region,
        since_on=local_day(call.at),
    )
    return Outcome(new=post, result={"user": user.id})


def _new_user(username: str, name: str, phone: str) -> User:
    """An account without a password: the first one is set by its holder."""
    return User.objects.create(
        username=username,
        name=name,
        phone=phone,
        phone_hash=keyed_hash(phone),
        password=make_password(None),
        must_change_password=True,
    )


def _check_combination(user: User, kind: PostKind, organisation: Organisation) -> None:
    """The three administrators are three persons, none with a post in the business."""
    held = Post.objects.filter(user=user).exclude(state=PostState.ENDED)
    kinds = {PostKind(post) for post in held.values_list("kind", flat=True)}
    administers = bool(kinds & ADMINISTRATORS)
    if held.filter(kind=kind, organisation=organisation).exists():
        raise Refusal("post-held-already", user=user.name)
    if (kinds and kind in ADMINISTRATORS) or (administers and kind not in ADMINISTRATORS):
        raise Refusal("posts-not-combinable", user=user.name)


def _is_own_or_kept(post: Post, who: Who) -> None:
    if who.kind != PostKind.SECURITY_ADMIN and who.post_id != post.id:
        raise Refusal("not-your-post")


# The leave of the other two administrators is entered by the security administrator.
_HOLDERS = tuple(PEOPLE - ADMINISTRATORS | {PostKind.SECURITY_ADMIN})


@action(
    POSTS,
    PostMove.LEAVE,
    "休假并指定代理",
    posts=_HOLDERS,
    source="本系统默认",
    guard=_is_own_or_kept,
)
def go_on_leave(post: Post, call: Call, form: Leave) -> Outcome:
    """The deputy (AB岗), a colleague, may act in this post to the end of `until`.

    Refuses `deputy-unknown`, `until-in-the-past`.
    """
    found = possible_deputies(post)
    deputy = next((one.user for one in found if one.user.username == form.deputy), None)
    if deputy is None:
        raise Refusal("deputy-unknown", username=form.deputy)
    if form.until < local_day(call.at):
        raise Refusal("until-in-the-past", until=form.until)
    _check_deputy(deputy, PostKind(post.kind))
    return Outcome(
        changes={"deputy": deputy, "deputy_until": form.until}, result={"deputy": deputy.name}
    )


def _check_deputy(deputy: User, kind: PostKind) -> None:
    """What may not be held together is not lent either: administration stays apart from all else."""
    living = Post.objects.filter(user=deputy).exclude(state=PostState.ENDED)
    others = {PostKind(held) for held in living.values_list("kind", flat=True)} - {kind}
    if others & ADMINISTRATORS or (others and kind in ADMINISTRATORS):
        raise Refusal("posts-not-combinable", user=deputy.name)


@action(POSTS, PostMove.RETURN, "销假", posts=_HOLDERS, source="本系统默认", guard=_is_own_or_kept)
def return_from_leave(post: Post, call: Call, _: Nothing) -> Outcome:
    return Outcome(changes={"deputy": None, "deputy_until": None})


@action(POSTS, PostMove.END, "离任", posts=KEEPER, source=ACCESS)
def end_post(post: Post, call: Call, form: Why) -> Outcome:
    """The post ends at once; its open tasks fall back to the organisation (worklist/handlers).

    Refuses `last-keeper` for the last security administrator: nobody could appoint another.
    """
    if post.kind == PostKind.SECURITY_ADMIN and not other_holders(post):
        raise Refusal("last-keeper")
    return Outcome(
        changes={"until_on": local_day(call.at), "deputy": None, "deputy_until": None},
        result={"reason": form.reason, "post": post.id},
    )


def newcomer(username: str, name: str, phone: str) -> User:
    """An account for somebody whom an officer's paper lets in. Refuses `username-taken`."""
    if User.objects.filter(username=username).exists():
        raise Refusal("username-taken", username=username)
    return _new_user(username, name, phone)


def as_manager(user: User, call: Call, unit: Organisation) -> Post:
    """A post in a unit, beside those already held; the action that allows it writes it.

    Refuses `posts-not-combinable`, `post-held-already`.
    """
    _check_combination(user, PostKind.PREMISES_MANAGER, unit)
    return Post(
        user=user,
        organisation=unit,
        kind=PostKind.PREMISES_MANAGER,
        region=unit.region,
        since_on=local_day(call.at),
    )


@action(
    POSTS, PostMove.END, "结束管理人岗位", posts=REGISTRARS, source="消防法 §16、§17", inner=True
)
def end_manager(post: Post, call: Call, form: Why) -> Outcome:
    """Officers end what they may appoint to: the post of a unit's manager. Refuses `only-managers`."""
    if post.kind != PostKind.PREMISES_MANAGER:
        raise Refusal("only-managers", kind=post.kind)
    return Outcome(
        changes={"until_on": local_day(call.at), "deputy": None, "deputy_until": None},
        result={"reason": form.reason, "post": post.id},
    )


def end_managers(unit: UUID, call: Call, reason: str) -> None:
    """Inside an officer's action: whoever managed the unit does so no longer."""
    held = posts_for(call.who).filter(organisation_id=unit, kind=PostKind.PREMISES_MANAGER)
    for post in held.exclude(state=PostState.ENDED):
        perform(end_manager, post.id, call.child(), Why(reason=reason))
