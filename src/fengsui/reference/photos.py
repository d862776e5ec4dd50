"""Invented photographs that officers of the demonstration take; drawn by tools/photos.py, marked 演示."""

from pathlib import Path
from uuid import UUID

from fengsui.platform.files.actions import receive
from fengsui.platform.who import Who
from fengsui.reference.player import Player

_FOLDER = Path(__file__).parent / "data" / "photos"


def taken(player: Player, who: Who, code: str) -> tuple[UUID, ...]:
    """A photograph of what is wrong with a checklist item, uploaded by `who`; none where none is drawn."""
    picture = _FOLDER / f"{code}.jpg"
    if not picture.exists():
        return ()
    return (receive(picture.read_bytes(), f"演示-{code}.jpg", who, player.now).id,)
