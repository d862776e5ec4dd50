"""The bytes of uploads: sniffed, bounded, hashed, written once under their own hash."""

import hashlib
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from fengsui.kernel.refusal import Refusal
from fengsui.platform import durable

# First bytes → type. What is not here is refused: there is no "other".
_SIGNATURES: Mapping[bytes, str] = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": "application/pdf",
}
_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
# What the decoders raise on bytes that are no picture.
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
    RuntimeError,
    struct.error,
    zlib.error,
)
# The house's own bound (PICTURE-LIMITS) is asked before anything is drawn.
Image.MAX_IMAGE_PIXELS = None


def sniff(data: bytes) -> str:
    """The media type by content, whatever the name says. Refuses `file-type`."""
    for signature, media_type in _SIGNATURES.items():
        if data.startswith(signature):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp":
        return "video/mp4"
    raise Refusal("file-type")


def check_picture(data: bytes, most_pixels: int) -> None:
    """A picture opens and is not absurdly large. Refuses `picture-broken`, `picture-too-large`."""
    try:
        with Image.open(BytesIO(data)) as picture:
            width, height = picture.size
            if width * height > most_pixels:
                raise Refusal("picture-too-large", width=width, height=height)
            _read_through(picture)
    except _BROKEN as error:
        raise Refusal("picture-broken") from error


def _read_through(picture: Image.Image) -> None:
    """To the last byte: a JPEG says nothing of its end unless it is drawn (an eighth is enough)."""
    if picture.format != "JPEG":
        picture.verify()
        return
    picture.draft("RGB", (picture.width // 8, picture.height // 8))
    picture.load()


def keep(data: bytes) -> str:
    """Write durably under the SHA-256 of `data`; the hash. Never inside a transaction."""
    name = hashlib.sha256(data).hexdigest()
    target = path_of(name)
    if target.exists():
        return name
    durable.write(target, data)
    return name


def path_of(sha256: str) -> Path:
    return Path(settings.HOME) / "files" / sha256[:2] / sha256[2:]


def read(sha256: str) -> bytes:
    """The bytes, checked against their name. Refuses `file-damaged`."""
    data = path_of(sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Refusal("file-damaged", sha256=sha256)
    return data


def public_copy(data: bytes, longest: int) -> bytes:
    """A picture turned upright, bounded, without any metadata: the only form the public sees.

    Refuses `picture-broken`.
    """
    try:
        with Image.open(BytesIO(data)) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((longest, longest))
            out = BytesIO()
            upright.save(out, "JPEG", quality=85)
            return out.getvalue()
    except _BROKEN as error:
        raise Refusal("picture-broken") from error


def is_picture(media_type: str) -> bool:
    return media_type in _PICTURES
