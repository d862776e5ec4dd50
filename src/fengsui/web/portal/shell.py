"""The frame of a public page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fengsui.web.ui.shell import Door, PortalShell


def doors(current: str) -> list[Door]:
    """What the public can do here now; a door appears when there is something behind it."""
    return [
        Door(
            _("查询文书"),
            _("核对收到的文书是不是真的"),
            "file-search",
            reverse("portal:look-up"),
            current == "paper",
        ),
        Door(
            _("法规与规则"),
            _("办理期限、检查要点和条文"),
            "book-2",
            reverse("portal:rules"),
            current == "rules",
        ),
        Door(
            _("台账公开"),
            _("办理记录只增不改，人人可核对"),
            "shield-check",
            reverse("portal:transparency"),
            current == "transparency",
        ),
    ]


def shell(current: str) -> PortalShell:
    """`current` names the door one is behind; the first page shows them large instead."""
    return PortalShell(
        authority=_("消防救援支队"),
        doors=doors(current) if current else [],
        sign_in_url="/sign-in",
        language_url="/language",
        telephones=("96119", "12345"),
    )
