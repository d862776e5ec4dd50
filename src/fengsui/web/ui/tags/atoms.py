"""The smallest parts: icon, button, tag, deadline, citation, masked and copyable values."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict

from django.template.defaultfilters import date as date_words
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fengsui.web.ui.shapes import ActionLink, Due, Law, Look, TagWord, Tone
from fengsui.web.ui.tags.library import fresh_id, register

TONE_ICONS: dict[Tone, str] = {
    "plain": "",
    "active": "circle-half-2",
    "done": "check",
    "warn": "alert-triangle",
    "bad": "alert-octagon",
}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A drawing beside words, hidden from assistive technology. `size`: "" (18 px), `s`, `l`, `xl`."""
    css = f"icon icon-{size}" if size else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        css,
        static("ui/icons.svg"),
        name,
    )


@register.filter
def moment(value: datetime | date | str | None) -> str:
    """`2026-11-23 14:05` in Asia/Shanghai, or `2026-11-23` for a day; words pass unchanged."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return date_words(local, "Y-m-d H:i")
    if isinstance(value, date):
        return date_words(value, "Y-m-d")
    return value or ""


@register.filter
def machine_time(value: datetime | date | str | None) -> str:
    """The `datetime` attribute of `<time>`."""
    return "" if value is None or isinstance(value, str) else value.isoformat()


@register.filter
def capped(count: int) -> str:
    """Counts of a person's own tasks stop at 99+."""
    return "99+" if count > 99 else str(count)


@register.inclusion_tag("ui/button.html")
def button(
    text: str,
    *,
    url: str = "",
    icon: str = "",
    look: Look = "plain",
    size: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    disabled_because: str = "",
    hidden_text: bool = False,
) -> dict[str, object]:
    """A link when it has an address, else a submit button.

    `look`: plain, main (one a page), line, quiet, danger. `size`: "", `s`, `l`.
    `disabled_because` says in words why it cannot be pressed.
    """
    reason_id = fresh_id("reason") if disabled_because else ""
    return {**locals()}


@register.inclusion_tag("ui/action.html")
def action(item: ActionLink, size: str = "") -> dict[str, object]:
    """A button from an `ActionLink`."""
    return {"item": item, "size": size}


@register.inclusion_tag("ui/tag.html")
def tag(text: TagWord | str, tone: Tone = "plain") -> dict[str, object]:
    """A state as word, shape and colour. `tone`: plain, active, done, warn, bad."""
    word = text if isinstance(text, TagWord) else TagWord(text, tone)
    return {"text": word.text, "tone": word.tone, "icon": TONE_ICONS[word.tone]}


@register.inclusion_tag("ui/tags.html")
def tags(words: Iterable[TagWord]) -> dict[str, object]:
    """Several tags in a row."""
    return {"words": words}


class _DueParts(TypedDict):
    due: Due
    icon: str
    brief: bool
    tip_id: str


@register.inclusion_tag("ui/due.html")
def due(due: Due, brief: bool = False) -> _DueParts:
    """A deadline: icon, words, exact moment, 「暂定」, and a tooltip with article and day count.

    `brief` leaves the moment to the tooltip (a table has a column for it).
    """
    drawing = "alert-triangle" if due.late else "clock-hour-4" if due.today else "calendar"
    has_tip = bool(getattr(due, "article", "") or getattr(due, "counted", ""))
    return {
        "due": due,
        "icon": drawing,
        "brief": brief,
        "tip_id": fresh_id("tip") if has_tip else "",
    }


@register.inclusion_tag("ui/law.html")
def law(
    citation: Law | str,
    url: str = "",
    title: str = "",
    text: str = "",
    counted: str = "",
    evidence: str = "",
) -> dict[str, object]:
    """A citation, dotted; leads to `/law/…`; the tooltip has the article's words and the day count."""
    item = (
        citation
        if isinstance(citation, Law)
        else Law(citation, url, title, text, counted, evidence)
    )
    has_tip = item.title or item.text or item.counted
    return {"law": item, "tip_id": fresh_id("tip") if has_tip else ""}


@register.inclusion_tag("ui/evidence.html")
def evidence(tag: str) -> dict[str, object]:
    """A rule from memory (K) says 「未核实」, one of our own (D) 「本系统默认」; verified ones say nothing."""
    marks = set(tag.upper().replace(" ", "").split("+"))
    return {"unverified": "K" in marks, "default": "D" in marks}


@register.inclusion_tag("ui/masked.html")
def masked(value: str, reveal_url: str = "", label: str = "") -> dict[str, object]:
    """A value shown in part, with the way to see all of it; seeing it is written to the ledger."""
    return {"value": value, "reveal_url": reveal_url, "label": label or _("完整内容")}


@register.inclusion_tag("ui/copyable.html")
def copyable(value: str, label: str = "") -> dict[str, object]:
    """A number or code that people carry elsewhere; the copy button appears with JavaScript."""
    return {"value": value, "label": label or value}


@register.inclusion_tag("ui/count.html")
def badge(count: int, name: str = "", late: bool = False) -> dict[str, object]:
    """A count that `/live` keeps fresh under `name`; zero hides it."""
    return {"count": count, "name": name, "late": late}
