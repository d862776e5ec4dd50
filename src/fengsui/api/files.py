"""Files in and out: at once, or in pieces for bad lines; papers as PDF."""

from collections.abc import Iterator
from urllib.parse import unquote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from pydantic import Field

from fengsui.api.asked import form_of
from fengsui.api.callers import caller
from fengsui.api.shown import said
from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.calls import Form
from fengsui.platform.documents.queries import paper_for
from fengsui.platform.documents.rendering import pdf
from fengsui.platform.exports.files import media_of
from fengsui.platform.files import store, uploads
from fengsui.platform.files.actions import receive
from fengsui.platform.files.models import StoredFile
from fengsui.platform.files.queries import readable
from fengsui.platform.jobs.actions import JOBS
from fengsui.platform.jobs.queries import job_page
from fengsui.platform.jobs.store import result, result_name
from fengsui.platform.who import Who

_PIECE = 64 * 1024


class NewUpload(Form):
    """A file that will come in pieces."""

    size: int = Field(title="大小(字节)", ge=1)
    name: str = Field(title="文件名", default="", max_length=160)


def send(request: HttpRequest) -> HttpResponse:
    """A file in one request: the raw bytes (name in `X-File-Name`), or a form's field `file`."""
    now = timezone.now()
    data, name = _sent(request, uploads.largest(now))
    stored = receive(data, name, caller(request), now)
    return said(_stored(stored), 201)


def _sent(request: HttpRequest, largest: int) -> tuple[bytes, str]:
    """The bytes and their name; nothing longer than the largest file is read."""
    if _length(request) > largest + _PIECE:
        raise Refusal("body-too-large")
    if request.content_type == "multipart/form-data":
        upload = request.FILES.get("file")
        return (upload.read(), upload.name or "") if upload else (b"", "")
    return request.read(), unquote(request.headers.get("X-File-Name", ""))


def _length(request: HttpRequest) -> int:
    said_length = request.META.get("CONTENT_LENGTH") or "0"
    return int(said_length) if said_length.isdecimal() else 0


def _stored(stored: StoredFile) -> dict[str, object]:
    return {
        "id": stored.id,
        "sha256": stored.sha256,
        "size": stored.size,
        "media_type": stored.media_type,
    }


def _readable(file_id: UUID, who: Who) -> StoredFile:
    found = readable(file_id, who)
    if found is None:
        raise Refusal("file-unseen")
    return found


def _bytes(data: bytes, media_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def original(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The evidence as it came, for whoever may see a record it hangs on."""
    found = _readable(file_id, caller(request))
    return _bytes(store.read(found.sha256), found.media_type)


def public(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """A picture without place, time and device: what may be shown outside."""
    found = _readable(file_id, caller(request))
    if not store.is_picture(found.media_type):
        raise Refusal("no-public-copy")
    side = rules.table("PICTURE-LIMITS", rules.local_day(timezone.now()))["public_side"]
    return _bytes(store.public_copy(store.read(found.sha256), int(str(side))), "image/jpeg")


def outcome(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """What a job of the caller's made: an export, or the rows that an import left out."""
    job = job_page(caller(request), job_id)
    if job is None:
        raise Refusal("not-found", type=JOBS.title)
    response = _bytes(result(job), media_of(job.result_name))
    response["Content-Disposition"] = content_disposition_header(True, result_name(job))
    response["Cache-Control"] = "no-store"
    return response


def paper(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """A paper as PDF, drawn when first opened."""
    found = paper_for(caller(request), document_id)
    if found is None:
        raise Refusal("document-missing", kind="")
    return _bytes(pdf(found), "application/pdf")


def begin(request: HttpRequest) -> HttpResponse:
    """Start an upload in pieces."""
    form = form_of(request, NewUpload)
    return _standing(uploads.begin(form.size, form.name, caller(request), timezone.now()), 201)


def standing(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """How many bytes have come."""
    return _standing(uploads.standing(upload_id, caller(request)))


def go_on(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Append the body at `Upload-Offset`; after the last byte the answer names the stored file."""
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isascii() and offset.isdecimal() and len(offset) <= 12):
        raise Refusal("upload-offset-required")
    reached = uploads.append(
        upload_id, int(offset), _pieces(request), caller(request), timezone.now()
    )
    return _standing(reached)


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    while piece := request.read(_PIECE):
        yield piece


def _standing(upload: uploads.Upload, status: int = 200) -> HttpResponse:
    body = {"id": upload.id, "size": upload.size, "offset": upload.offset, "file": upload.file}
    response = said(body, status)
    response["Upload-Offset"] = str(upload.offset)
    return response
