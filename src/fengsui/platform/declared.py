"""What can be done to records: each action declared once, with all that follows from it.

Buttons, forms, API, diagrams and the permission tests read these declarations.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar, get_type_hints

from fengsui.kernel.refusal import Refusal
from fengsui.platform.calls import Form, Outcome
from fengsui.platform.records import Record, RecordType
from fengsui.platform.who import PostKind, Who

R = TypeVar("R", bound=Record)


class Creates(StrEnum):
    """The "move" of an action that makes its record."""

    CREATE = "create"


CREATE = Creates.CREATE


@dataclass(frozen=True, slots=True)
class Action(Generic[R]):
    """One declared action. `move` is a move of the lifecycle, CREATE, or None (the state stays).

    `guard(record, who)` refuses what posts and state alone cannot tell; buttons ask it too.
    `inner` ones happen only inside another action and have no button. A creation that starts from
    another record (a visit from a premises) names that type and its own field in `begins`; the guard
    then looks at that record. `starts(record or None)` gives what the form begins
    with. `rules` are those of the rulebook that measure it; forms show each with its evidence.
    """

    name: str
    of: RecordType[R]
    move: StrEnum | None
    title: str
    posts: frozenset[PostKind]
    source: str
    form: type[Form]
    body: Callable[..., Outcome]
    guard: Callable[[R, Who], None] | None
    main: bool
    inner: bool
    begins: tuple[RecordType[Any], str] | None
    starts: Callable[[Any], Mapping[str, object]] | None
    rules: tuple[str, ...]

    @property
    def what(self) -> str:
        return f"{self.of.name}.{self.name}"

    @property
    def creates(self) -> bool:
        return self.move is CREATE

    def check(self, record: R | None, who: Who) -> None:
        """Refuse unless `who` may do this to `record` as it stands."""
        if who.kind not in self.posts:
            raise Refusal("forbidden", action=self.title, post=who.title, source=self.source)
        if record is None:
            return
        if self.move is not None:
            self.of.lifecycle.after(record.state, self.move)
        if self.guard is not None:
            self.guard(record, who)


ACTIONS: dict[str, Action[Any]] = {}


def action(
    of: RecordType[R],
    move: StrEnum | None,
    title: str,
    *,
    posts: Iterable[PostKind],
    source: str,
    guard: Callable[[R, Who], None] | None = None,
    main: bool = False,
    inner: bool = False,
    begins: tuple[RecordType[Any], str] | None = None,
    starts: Callable[[Any], Mapping[str, object]] | None = None,
    rules: tuple[str, ...] = (),
) -> Callable[[Callable[..., Outcome]], Action[R]]:
    """Declare `verb(record, call, form) -> Outcome`. `source` cites the law that grants the power."""

    def declare(body: Callable[..., Outcome]) -> Action[R]:
        form = get_type_hints(body)[list(inspect.signature(body).parameters)[2]]
        declared = Action(
            name=body.__name__,
            of=of,
            move=move,
            title=title,
            posts=frozenset(posts),
            source=source,
            form=form,
            body=body,
            guard=guard,
            main=main,
            inner=inner,
            begins=begins,
            starts=starts,
            rules=rules,
        )
        if declared.what in ACTIONS:
            raise ValueError(f"action {declared.what} is declared twice")
        ACTIONS[declared.what] = declared
        return declared

    return declare


def actions_of(of: RecordType[Any]) -> list[Action[Any]]:
    return [declared for declared in ACTIONS.values() if declared.of is of]


def open_to(record: R, of: RecordType[R], who: Who) -> list[Action[Any]]:
    """The actions `who` may take on `record` now, and the creations that start from it: its buttons."""
    own = [declared for declared in actions_of(of) if not declared.creates and not declared.inner]
    begun = [found for found in ACTIONS.values() if found.begins and found.begins[0] is of]
    return [declared for declared in (*own, *begun) if _is_open(declared, record, who)]


def _is_open(declared: Action[Any], record: Record, who: Who) -> bool:
    try:
        if not declared.creates:
            declared.check(record, who)
        else:
            declared.check(None, who)
            if declared.guard is not None:
                declared.guard(record, who)
    except Refusal:
        return False
    return True
