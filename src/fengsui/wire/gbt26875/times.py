"""Six-byte time tags: second, minute, hour, day, month, year − 2000; plain binary, BCD in some dialects."""

from datetime import datetime, timedelta, timezone

from fengsui.wire.gbt26875.frame import Profile

CHINA = timezone(timedelta(hours=8))
NONE = bytes(6)


def read(tag: bytes, profile: Profile) -> datetime | None:
    """The moment, or None where the tag is no date. No zone is sent: local time of China."""
    if profile.time == "bcd":
        return _bcd(tag)
    found = _moment(tag)
    return _bcd(tag) if found is None and profile.time == "auto" else found


def write(moment: datetime | None) -> bytes:
    """The tag in plain binary; zeros for no moment. Raises ValueError outside 2000–2099."""
    if moment is None:
        return NONE
    try:
        local = (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(CHINA)
    except OverflowError as beyond:
        raise ValueError(moment) from beyond
    if not 2000 <= local.year <= 2099:
        raise ValueError(moment)
    return bytes(
        (local.second, local.minute, local.hour, local.day, local.month, local.year - 2000)
    )


def _moment(tag: bytes | list[int]) -> datetime | None:
    second, minute, hour, day, month, year = tag
    if not (month and day) or year > 99:
        return None
    try:
        return datetime(2000 + year, month, day, hour, minute, second, tzinfo=CHINA)
    except ValueError:
        return None


def _bcd(tag: bytes) -> datetime | None:
    if any(byte & 0x0F > 9 or byte >> 4 > 9 for byte in tag):
        return None
    return _moment([(byte >> 4) * 10 + (byte & 0x0F) for byte in tag])
