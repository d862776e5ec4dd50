"""Tables, counts, filters, pages, progress."""

from collections.abc import Sequence

from fengsui.web.ui.shapes import Empty, Kind, SavedView
from fengsui.web.ui.table import Column, Pager, Table
from fengsui.web.ui.tags.library import register


@register.inclusion_tag("ui/table.html")
def table(table: Table) -> dict[str, object]:
    """A list with groups, or its empty state."""
    return {"table": table}


@register.inclusion_tag("ui/table_head.html")
def table_head(columns: Sequence[Column]) -> dict[str, object]:
    """The heading row alone, for pages that write their own rows."""
    return {"columns": columns}


@register.inclusion_tag("ui/pager.html")
def pager(pager: Pager, keys: bool = False) -> dict[str, object]:
    """How many are shown, and the pages before and after."""
    return {"pager": pager, "keys": keys}


@register.inclusion_tag("ui/kinds.html")
def kinds(items: Sequence[Kind], label: str) -> dict[str, object]:
    """Counts by kind, each leading to its list."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/empty.html")
def empty(item: Empty) -> dict[str, object]:
    """Nothing here, and what to do next."""
    return {"item": item}


@register.inclusion_tag("ui/progress.html")
def progress(
    done: int, total: int, label: str, *, words: str = "", state: str = "", refresh_url: str = ""
) -> dict[str, object]:
    """How far something is. `state`: running, done, failed. `refresh_url` re-reads it while it runs."""
    percent = round(100 * done / total) if total else 0
    return {**locals()}


@register.inclusion_tag("ui/saved_views.html", takes_context=True)
def saved_views(
    context: dict[str, object],
    items: Sequence[SavedView],
    save_url: str,
    address: str,
    remove_url: str = "",
) -> dict[str, object]:
    """Named sets of filters; the form that keeps the present one, or takes it away when it is kept."""
    current = next((view for view in items if view.current), None)
    return {
        "items": items,
        "current": current,
        "save_url": save_url,
        "address": address,
        "remove_url": remove_url,
        "csrf_token": context.get("csrf_token", ""),
    }
