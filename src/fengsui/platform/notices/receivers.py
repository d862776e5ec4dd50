"""Who is to be told of a task: posts by their role, or a phone where nobody holds the post."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fengsui.platform.accounts.models import Post
from fengsui.platform.notices import queries
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.who import ADMINISTRATORS, CLOCK, PostKind
from fengsui.platform.worklist.models import Task
from fengsui.platform.worklist.queries import living_after


@dataclass(frozen=True, slots=True)
class Receiver:
    """A post, or the sealed phone in a field of a record."""

    name: str
    post_id: UUID | None = None

    @classmethod
    def post(cls, post: Post) -> "Receiver":
        return cls(f"post:{post.id}", post.id)

    @classmethod
    def phone(cls, type_name: str, record_id: UUID, field: str) -> "Receiver":
        return cls(f"phone:{type_name}:{record_id}:{field}")


def receiver_words(name: str) -> str:
    """A receiver's name in words: whose address was used, never the address."""
    kind, *place = name.split(":")
    if kind == "post":
        return "岗位持有人的号码"
    of = RECORD_TYPES.get(place[0])
    return f"{of.title}·{of.title_of(place[2])}" if of else name


# record type → whose phone answers for such a record when the addressed post is empty
_ANSWERING: dict[str, Callable[[Any], Receiver]] = {}


def answers_for(type_name: str, phone: Callable[[Any], Receiver]) -> None:
    """A domain package says whose phone answers for its records."""
    _ANSWERING[type_name] = phone


def receivers_of(task: Task, roles: Sequence[str]) -> list[Receiver]:
    """Each receiver once, in the order of the roles."""
    found = [receiver for role in roles for receiver in _ROLES[role](task)]
    return list({receiver.name: receiver for receiver in found}.values())


def _holder(task: Task) -> list[Receiver]:
    addressed = _addressed(task)
    return [Receiver.post(post) for post in addressed] or _answering(task)


def _addressed(task: Task) -> list[Post]:
    if task.holder is not None:
        return queries.posts([task.holder])
    kind = PostKind(task.post_kind)
    return queries.holders([kind], None if kind in ADMINISTRATORS else task.organisation_id)


def _answering(task: Task) -> list[Receiver]:
    named = _ANSWERING.get(task.about_type)
    if named is None or task.post_kind != PostKind.PREMISES_MANAGER:
        return []
    record = RECORD_TYPES[task.about_type].visible(CLOCK).filter(pk=task.about_id).first()
    return [named(record)] if record is not None else []


def _head(task: Task) -> list[Receiver]:
    heads = queries.holders([PostKind.BRIGADE_HEAD], task.organisation_id)
    return [Receiver.post(post) for post in heads]


def _officer(task: Task) -> list[Receiver]:
    """Whoever goes on when this task is due: its follower on the worklist."""
    return [receiver for after in living_after(task) for receiver in _holder(after)]


def _admin(_task: Task) -> list[Receiver]:
    return [Receiver.post(post) for post in queries.holders([PostKind.SYSTEM_ADMIN], None)]


_ROLES: dict[str, Callable[[Task], list[Receiver]]] = {
    "holder": _holder,
    "head": _head,
    "officer": _officer,
    "admin": _admin,
}
