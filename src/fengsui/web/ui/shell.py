"""What every page frame needs to know about the person in front of it.

A page's view puts one `Shell` (desk, phone) or `PortalShell` (public) into the context under the name
`shell`. An entry without an address is not shown: there are no dead links.
"""

from dataclasses import dataclass, field
from typing import Literal

Place = Literal["main", "foot"]


@dataclass(frozen=True)
class NavItem:
    """One line of the side navigation. `count` is of this person's own open tasks; `late` colours it."""

    title: str
    url: str = ""
    icon: str = ""
    current: bool = False
    count: int = 0
    late: bool = False
    children: tuple["NavItem", ...] = ()
    heading: str = ""
    """Words above this entry where a new group begins, such as 六大体系."""
    place: Place = "main"
    badge: str = ""
    """Name under which `/live` sends a fresh count, such as `tasks`."""


@dataclass(frozen=True)
class PostChoice:
    """One of the posts the person holds; `id` is what the switch sends as `post`."""

    id: str
    title: str
    current: bool = False


@dataclass(frozen=True)
class Shell:
    """Frame of desk and phone pages."""

    user_name: str
    post_title: str
    posts: list[PostChoice] = field(default_factory=list)
    nav: list[NavItem] = field(default_factory=list)
    search_url: str = ""
    unread: int = 0
    sign_out_url: str = ""
    switch_url: str = ""
    """Takes POST `post=<id>`."""
    notices_url: str = ""
    language_url: str = ""
    """Takes POST `language=zh-hans|en` and `next`."""
    live_url: str = ""
    """Server-sent events; empty where they are switched off."""
    home_url: str = "/"
    account_url: str = ""
    search_text: str = ""

    @property
    def main_nav(self) -> list[NavItem]:
        """Entries that lead somewhere, in the body of the navigation."""
        return [item for item in self.nav if item.url and item.place == "main"]

    @property
    def foot_nav(self) -> list[NavItem]:
        """Entries at the lower end: help, settings."""
        return [item for item in self.nav if item.url and item.place == "foot"]


@dataclass(frozen=True)
class Door:
    """One of the few things the public comes for."""

    title: str
    note: str
    icon: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class PortalShell:
    """Frame of the public site."""

    authority: str
    doors: list[Door] = field(default_factory=list)
    home_url: str = "/"
    sign_in_url: str = ""
    language_url: str = ""
    telephones: tuple[str, ...] = ()
    """Shown at the foot beside 119, such as 96119 and 12345."""
