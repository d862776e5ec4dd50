"""Signed heads leave the house: a file each under `$FENGSUI_HOME/heads`, and mirrors elsewhere.

A head elsewhere is what makes rewriting history visible to somebody else. Neither the files nor the
mirrors are waited for by the sealer: what failed is tried again at the next turn.
"""

import json
import logging
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from fengsui.kernel.refusal import Refusal
from fengsui.platform import durable
from fengsui.platform.ledger import queries

log = logging.getLogger(__name__)
_AT_ONCE = 100
_MIRROR_PATIENCE_SECONDS = 5.0
_START = (0, 0)

Place = tuple[int, int]  # log, size


def folder() -> Path:
    return Path(settings.HOME) / "heads"


def file_name(place: Place) -> str:
    return f"{place[0]}-{place[1]}.json"


def export(after: Place) -> Place:
    """Write a file for each head newer than `after`; the newest written. Raises OSError."""
    for head in queries.heads_after(*after, _AT_ONCE):
        place = (head.log_id, head.size)
        said = json.dumps(queries.published(head), ensure_ascii=False, indent=1, sort_keys=True)
        durable.write(folder() / file_name(place), f"{said}\n".encode(), 0o644)
        after = place
    return after


def exported() -> Place:
    """The newest head that has a file, so that a worker goes on where the last one stopped."""
    return max(_places(folder()), default=_START)


def _places(where: Path) -> Iterator[Place]:
    for path in where.glob("*-*.json"):
        with suppress(ValueError):
            number, size = path.stem.split("-")
            yield int(number), int(size)


def kept() -> Iterator[Mapping[str, Any]]:
    """What the files under `heads` say was signed, oldest first."""
    for place in sorted(_places(folder())):
        yield read(folder() / file_name(place))


def read(path: Path) -> Mapping[str, Any]:
    """The head in a file, as exported or as `ledger proof` prints it. Refuses `head-file-invalid`."""
    try:
        said = json.loads(path.read_text("utf-8"))
        head: Mapping[str, Any] = said.get("head", said)
        int(head["log"]), int(head["size"]), bytes.fromhex(head["root"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal("head-file-invalid", file=str(path), problem=str(error)) from error
    return head


class Mirrors:
    """Takes exported heads to folders and addresses; each mirror has its own place in the row.

    A new mirror begins with the newest head. Where each stands is kept in `heads/mirrors.state`.
    """

    def __init__(self, targets: list[str]) -> None:
        self.targets = targets
        self._state = folder() / "mirrors.state"

    def turn(self) -> list[str]:
        """Bring every mirror as far as it can be brought; which ones failed."""
        if not self.targets:
            return []
        state, places = self._read(), sorted(_places(folder()))
        failed = [target for target in self.targets if not _bring(target, places, state)]
        if state != self._read():
            durable.write(self._state, json.dumps(state).encode())
        return failed

    def _read(self) -> dict[str, Place]:
        if not self._state.exists():
            return {}
        raw = json.loads(self._state.read_text("utf-8"))
        return {target: (place[0], place[1]) for target, place in raw.items()}


def _bring(target: str, places: list[Place], state: dict[str, Place]) -> bool:
    newest = places[-2] if len(places) > 1 else _START
    after = state.get(target, newest)
    for place in [place for place in places if place > after][:_AT_ONCE]:
        text = (folder() / file_name(place)).read_text("utf-8")
        try:
            _push(target, place, text)
        except (OSError, urllib.error.URLError) as error:
            log.warning("head %s did not reach mirror %s: %s", place, _short(target), type(error))
            return False
        state[target] = place
    return True


def _push(target: str, place: Place, text: str) -> None:
    if not target.startswith(("http://", "https://")):
        durable.write(Path(target) / file_name(place), text.encode(), 0o644)
        return
    request = urllib.request.Request(  # noqa: S310  the scheme is checked above
        target, data=text.encode(), headers={"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=_MIRROR_PATIENCE_SECONDS):  # noqa: S310  as above
        pass


def _short(target: str) -> str:
    """A mirror's address may hold a token: the log names it without."""
    return target.split("?", 1)[0]
