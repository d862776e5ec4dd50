"""Files and where they hang."""

from collections.abc import Iterable
from uuid import UUID

from fengsui.kernel.refusal import Refusal
from fengsui.platform.calls import Call
from fengsui.platform.files.models import Attachment, StoredFile
from fengsui.platform.records import RECORD_TYPES, Record, record_type_of
from fengsui.platform.who import Who


def attachments(
    ids: Iterable[UUID], call: Call, about: Record, part: UUID | None = None
) -> list[Attachment]:
    """Hang the caller's own uploads on a record. Refuses `file-unknown`."""
    wanted = list(dict.fromkeys(ids))
    found = StoredFile.objects.in_bulk(wanted)
    foreign = [file for file in found.values() if file.by_post != call.who.post_id]
    if len(found) != len(wanted) or foreign:
        raise Refusal("file-unknown")
    about_type = record_type_of(type(about)).name
    return [
        Attachment(
            file=found[file_id],
            sha256=found[file_id].sha256,
            about_type=about_type,
            about_id=about.id,
            part=part,
        )
        for file_id in wanted
    ]


def attached_to(about_id: UUID) -> list[Attachment]:
    return list(
        Attachment.objects.filter(about_id=about_id).select_related("file").order_by("at", "id")
    )


def count_of(about_id: UUID) -> int:
    return Attachment.objects.filter(about_id=about_id).count()


def readable(file_id: UUID, who: Who) -> StoredFile | None:
    """A file its uploader may see, and whoever sees a record that it hangs on."""
    file = StoredFile.objects.filter(id=file_id).first()
    if file is None or (who.post_id is not None and file.by_post == who.post_id):
        return file
    for place in file.attachments.all():
        if RECORD_TYPES[place.about_type].visible(who).filter(pk=place.about_id).exists():
            return file
    return None
