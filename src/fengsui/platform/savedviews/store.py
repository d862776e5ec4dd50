"""Keeping and forgetting one's own views. No action: a preference is no record of anybody's work."""

from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fengsui.kernel.refusal import Refusal
from fengsui.platform.savedviews.models import SavedView

MOST = 20
_UNKEPT = frozenset({"after", "before"})
_LONGEST_TITLE, _LONGEST_QUERY = 40, 400


def views_of(user_id: UUID, page: str) -> list[SavedView]:
    """A person's views of one list, by name."""
    return list(SavedView.objects.filter(user_id=user_id, page=page).order_by("title"))


def save_view(user_id: UUID, page: str, title: str, query: str) -> SavedView:
    """Keep filters and order under a name; the same name again replaces them.

    Refuses `view-untitled`, `view-too-long`, `views-full`.
    """
    title, kept = title.strip(), kept_query(query)
    if not title:
        raise Refusal("view-untitled")
    if len(title) > _LONGEST_TITLE or len(kept) > _LONGEST_QUERY:
        raise Refusal("view-too-long", most=_LONGEST_TITLE)
    there = views_of(user_id, page)
    if len(there) >= MOST and title not in {view.title for view in there}:
        raise Refusal("views-full", most=MOST)
    view, _ = SavedView.objects.update_or_create(
        user_id=user_id, page=page, title=title, defaults={"query": kept}
    )
    return view


def remove_view(user_id: UUID, view_id: int) -> SavedView | None:
    """Forget one of one's own views; None when it is nobody's or somebody else's."""
    found = SavedView.objects.filter(user_id=user_id, id=view_id).first()
    if found is not None:
        SavedView.objects.filter(id=found.id).delete()
    return found


def kept_query(query: str) -> str:
    """What of an address belongs to a view: its filters and order, in one order, not the page."""
    given = parse_qsl(query.removeprefix("?"))
    return urlencode(sorted((name, value) for name, value in given if name not in _UNKEPT))
