"""News goes up: which handler of a higher package takes which kind of ledger entry."""

from collections.abc import Callable, Mapping
from typing import Any

# A handler gets the entry's canonical body. It may run twice: it acts by keys made from the entry.
Handler = Callable[[Mapping[str, Any]], None]

_HANDLERS: dict[str, dict[str, Handler]] = {}


def subscribe(what: str, handle: Handler) -> None:
    """Let `handle` be told of each entry `what`, once or more, in the order of each record."""
    _HANDLERS.setdefault(what, {})[f"{handle.__module__}.{handle.__name__}"] = handle


def names(what: str) -> tuple[str, ...]:
    return tuple(sorted(_HANDLERS.get(what, {})))


def handler(what: str, name: str) -> Handler | None:
    return _HANDLERS.get(what, {}).get(name)
