"""A paper's PDF: drawn when first opened, outside any transaction, and kept as it was drawn."""

import hashlib
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from fengsui.kernel import canonical
from fengsui.platform.documents import typeset
from fengsui.platform.documents.kinds import kind_named
from fengsui.platform.documents.models import Document
from fengsui.platform.documents.store import kept_rendering, remember_rendering
from fengsui.platform.files import store as files


def data_digest(document: Document) -> str:
    """SHA-256 over the canonical data: printed on the paper, shown behind its QR."""
    return canonical.digest(document.data).hex()


def public_url(document_id: UUID) -> str:
    """What the QR leads to."""
    return f"{settings.PUBLIC_URL}/d/{document_id.hex}"


def page_data(document: Document) -> dict[str, Any]:
    """What the form is filled with: the fixed data, its digest, the QR."""
    return {
        **document.data,
        "digest": data_digest(document),
        "qr": typeset.matrix(public_url(document.id)),
    }


def pdf(document: Document) -> bytes:
    """The PDF, the same bytes for ever. Two at once: the first one drawn is kept."""
    if kept := kept_rendering(document):
        return files.read(kept)
    drawn = typeset.render(kind_named(document.kind).template, page_data(document))
    sha256 = files.keep(drawn)
    try:
        with transaction.atomic():
            remember_rendering(document, sha256)
    except IntegrityError:
        return files.read(kept_rendering(document) or sha256)
    return drawn


def is_genuine(document: Document, uploaded: bytes) -> bool:
    """Whether an uploaded PDF is, byte for byte, the one this system drew."""
    pdf(document)
    return kept_rendering(document) == hashlib.sha256(uploaded).hexdigest()
