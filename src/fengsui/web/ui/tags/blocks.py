"""Frames around content: `{% panel … %}…{% endpanel %}` and its kin."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fengsui.web.ui.shapes import Look
from fengsui.web.ui.tags.library import fresh_id, register


@register.simple_block_tag
def panel(
    content: str,
    title: str = "",
    *,
    note: str = "",
    action_text: str = "",
    action_url: str = "",
    proof: str = "",
    id: str = "",
    padded: bool = False,
) -> SafeString:
    """A framed section. `note` stands grey beside the title, `proof` green at the right.

    Facts, tables, timelines bring their own padding; plain text wants `padded=True`.
    """
    heading_id = fresh_id("panel") if title else ""
    return render_to_string("ui/panel.html", {**locals()})


@register.simple_block_tag
def menu(
    content: str,
    text: str,
    *,
    icon: str = "",
    look: Look = "plain",
    size: str = "s",
    hidden_text: bool = False,
    end: bool = False,
) -> SafeString:
    """A button that opens a list, without JavaScript. `end` aligns the list to the right edge."""
    return render_to_string("ui/menu.html", {**locals()})
