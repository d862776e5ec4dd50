"""Which posts may open a page: declared at the view, asked by the middleware and by nobody else.

A door says who may stand in the room; which records lie in it is `<plural>_for(who)`: somebody
outside sees 404, the wrong post 403. The hand-written table `tests/permissions/urls.csv` is walked
against these doors both ways.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from fengsui.platform.who import ADMINISTRATORS, OFFICERS, PEOPLE, PostKind, Who

__all__ = ["BUSINESS", "CARERS", "PEOPLE", "PUBLIC", "SUPERVISION", "Answer", "decide", "door"]

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = frozenset(PostKind)
BUSINESS = PEOPLE - ADMINISTRATORS
SUPERVISION = OFFICERS | {PostKind.PREMISES_MANAGER}
CARERS = OFFICERS | {PostKind.GRID_WORKER}


class Answer(StrEnum):
    ALLOW = "allow"
    FORBIDDEN = "forbidden"
    SIGN_IN = "sign_in"


def door(kinds: Iterable[PostKind]) -> Callable[[View], View]:
    """Declare who may open a page. Stands above all other decorators of the view."""

    def mark(view: View) -> View:
        view.door = frozenset(kinds)  # type: ignore[attr-defined]  # a mark that the middleware reads
        return view

    return mark


def decide(who: Who | None, view: Callable[..., Any]) -> Answer:
    """May `who` (None: nobody signed in) open this page? A view without a door opens to nobody."""
    kinds: frozenset[PostKind] = getattr(view, "door", frozenset())
    if PostKind.PUBLIC in kinds:
        return Answer.ALLOW
    if who is None:
        return Answer.SIGN_IN
    return Answer.ALLOW if who.kind in kinds else Answer.FORBIDDEN
