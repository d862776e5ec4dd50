"""What a record page is made of."""

from collections.abc import Sequence

from fengsui.web.ui.shapes import (
    ActionLink,
    Crumb,
    Entry,
    Fact,
    Paper,
    Party,
    Picture,
    Step,
    Tab,
    TagWord,
)
from fengsui.web.ui.tags.library import register

VISIBLE_ACTIONS = 2


@register.inclusion_tag("ui/crumbs.html")
def crumbs(items: Sequence[Crumb]) -> dict[str, object]:
    """The way back."""
    return {"items": items}


@register.inclusion_tag("ui/record_header.html")
def record_header(
    title: str,
    *,
    crumbs: Sequence[Crumb] = (),
    states: Sequence[TagWord] = (),
    main: ActionLink | None = None,
    actions: Sequence[ActionLink] = (),
    note: str = "",
) -> dict[str, object]:
    """Crumb, title, states, and what may be done: one main action, two beside it, the rest in a menu."""
    return {
        "title": title,
        "crumbs": crumbs,
        "states": states,
        "main": main,
        "actions": actions[:VISIBLE_ACTIONS],
        "more": actions[VISIBLE_ACTIONS:],
        "note": note,
    }


@register.inclusion_tag("ui/who_strip.html")
def who_strip(parties: Sequence[Party]) -> dict[str, object]:
    """Who answers and what is due; the first cell is the next deadline."""
    return {"parties": parties}


@register.inclusion_tag("ui/state_path.html")
def state_path(steps: Sequence[Step]) -> dict[str, object]:
    """Where the record stands and what can follow."""
    return {"steps": steps}


@register.inclusion_tag("ui/facts.html")
def facts(items: Sequence[Fact], single: bool = False) -> dict[str, object]:
    """Labels and values; `single` keeps one column."""
    return {"items": items, "single": single}


@register.inclusion_tag("ui/papers.html")
def papers(items: Sequence[Paper]) -> dict[str, object]:
    """Documents as thumbnails."""
    return {"items": items}


@register.inclusion_tag("ui/pictures.html")
def pictures(items: Sequence[Picture]) -> dict[str, object]:
    """Photographs in a strip, each with its words and moment."""
    return {"items": items}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: Sequence[Entry], more_url: str = "") -> dict[str, object]:
    """The record's ledger entries, newest first, each with number and digest."""
    return {"entries": entries, "more_url": more_url}


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[Tab], label: str) -> dict[str, object]:
    """Views of one thing, each with an address of its own."""
    return {"items": items, "label": label}
