"""Receiving an upload: checked and kept outside any transaction, then entered by its hash.

A file alone is nothing anybody decides on: it enters the ledger with the action that attaches it.
"""

from datetime import datetime

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.files import store
from fengsui.platform.files.models import StoredFile
from fengsui.platform.who import Who


def plain_name(name: str) -> str:
    """A name as a column can hold it: what cannot be printed is left out."""
    return "".join(letter for letter in name if letter.isprintable())[:160]


def receive(data: bytes, name: str, who: Who, at: datetime) -> StoredFile:
    """Sniff, bound, hash and keep an upload.

    Refuses `file-empty`, `file-type`, `file-too-large`, `picture-broken`, `picture-too-large`.
    """
    if not data:
        raise Refusal("file-empty", name=name)
    on = rules.local_day(at)
    media_type = store.sniff(data)
    limit = int(str(rules.table("FILE-LIMITS", on)[media_type]))
    if len(data) > limit:
        raise Refusal("file-too-large", name=name, size=len(data), limit=limit)
    if store.is_picture(media_type):
        store.check_picture(data, int(str(rules.table("PICTURE-LIMITS", on)["pixels"])))
    return StoredFile.objects.create(
        id=new_id(),
        sha256=store.keep(data),
        size=len(data),
        media_type=media_type,
        name=plain_name(name),
        at=at,
        by_post=who.post_id,
        by_name=who.name,
    )
