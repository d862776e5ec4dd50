"""Pictures as phones take them."""

from io import BytesIO

from PIL import Image

_GPS = {1: "N", 2: (43.0, 36.0, 55.5), 3: "E", 4: (122.0, 15.0, 45.5)}


def photo(colour: str = "red", *, width: int = 640, height: int = 480) -> bytes:
    """A JPEG that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Canary Phone"
    exif.get_ifd(0x8825).update(_GPS)
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def place_of(data: bytes) -> dict[int, object]:
    """The GPS tags of a picture."""
    with Image.open(BytesIO(data)) as picture:
        return dict(picture.getexif().get_ifd(0x8825))
