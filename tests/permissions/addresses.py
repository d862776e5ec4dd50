"""Every address of the house, as the resolver knows it, and how a test asks for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.who import Who
from tests.permissions.table import UrlRow


@dataclass(frozen=True)
class Address:
    """`name` is the namespaced name; an address without one is called by its route."""

    name: str
    route: str
    view: Callable[..., Any]


def addresses() -> dict[str, Address]:
    """All of them, by name. Two routes of one name and one view are one address."""
    return {found.name: found for found in _walk(get_resolver(), "", ())}


def _walk(resolver: URLResolver, route: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        whole = f"{route}{pattern.pattern}".replace("^", "").replace("$", "")
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern, whole, inner)
        elif isinstance(pattern, URLPattern):
            name = ":".join((*spaces, pattern.name)) if pattern.name else f"/{whole}"
            yield Address(name, f"/{whole}", pattern.callback)


def arguments(row: UrlRow, world: dict[str, Any]) -> dict[str, str]:
    """`record_id={hazard.id} what=…` with the world's records in the places; `~` is a blank."""
    pairs = (pair.split("=", 1) for pair in row.arguments.split())
    return {name: said.format_map(world).replace("~", " ") for name, said in pairs}


def path_of(address: Address, said: dict[str, str]) -> str:
    """The route with its places filled, whatever their converters; `?name=…` goes behind it."""
    path = address.route
    asked = {name[1:]: value for name, value in said.items() if name.startswith("?")}
    for name, value in said.items():
        for kind in ("", "uuid:", "uuidstr:", "str:", "int:", "path:", "slug:", "table:"):
            path = path.replace(f"<{kind}{name}>", value)
    if "<" in path:
        raise AssertionError(f"{address.name}: fill {path} in the column `arguments` of urls.csv")
    return f"{path}?{urlencode(asked)}" if asked else path


def sees(row: UrlRow, who: Who, world: dict[str, Any]) -> bool:
    """Is the row's record among what `who` sees? An address without a record hides nothing."""
    of = RECORD_TYPES.get(row.record)
    return of is None or of.visible(who).filter(pk=world[row.record].pk).exists()
