"""Frames as plain JSON values and back: what the command line prints and reads."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from fengsui.wire.gbt26875 import times
from fengsui.wire.gbt26875.fields import NotSo
from fengsui.wire.gbt26875.frame import (
    END,
    HEARTBEAT,
    STANDARD,
    START,
    Bad,
    Frame,
    Heartbeat,
    Profile,
    build,
    is_heartbeat,
    parse,
    size_of,
)
from fengsui.wire.gbt26875.stream import Event
from fengsui.wire.gbt26875.units import Unit, read_unit, write_unit

_ASCII_START = b"4040"


def decode_hex(text: str, profile: Profile = STANDARD) -> Iterator[dict[str, Any]]:
    """Each frame of one hexadecimal text, in order; text in text is unwrapped. Never fails."""
    try:
        data = bytes.fromhex(text.strip().removeprefix("0x").removeprefix("0X"))
    except ValueError:
        yield {"ok": False, "error": "hex", "detail": "不是成对的十六进制数字"}
        return
    if data[:4] == _ASCII_START:
        try:
            data = bytes.fromhex(data.decode("ascii"))
        except ValueError:
            yield {"ok": False, "error": "hex", "detail": "文字中不是成对的十六进制数字"}
            return
    for event in _frames(data, profile):
        yield said_of(event, profile)


def _frames(data: bytes, profile: Profile) -> Iterator[Event]:
    """A recorded text holds whole frames one after the other; what is wrong spoils its own frame."""
    while data:
        size = HEARTBEAT if is_heartbeat(data) else size_of(data) if len(data) > 25 else len(data)
        piece = data[:size] if data[size : size + 2] == START else data
        if len(piece) == HEARTBEAT and is_heartbeat(piece) and piece[:2] == START:
            yield Heartbeat(piece[2:8], piece[8], piece[9], piece)
        else:
            yield parse(piece, profile)
        data = data[len(piece) :]


def said_of(event: Event, profile: Profile = STANDARD) -> dict[str, Any]:
    if isinstance(event, Bad):
        return {"ok": False, "error": event.error, "detail": event.detail}
    if isinstance(event, Heartbeat):
        return {"ok": True, "heartbeat": True, "source": event.source.hex()}
    return _frame(event, profile)


def _frame(frame: Frame, profile: Profile) -> dict[str, Any]:
    unit = read_unit(frame.unit, profile)
    sent_at = times.read(frame.time, profile)
    order = _order(profile)
    return {
        "ok": True,
        "serial": frame.serial,
        "version": f"{frame.main}.{frame.user}",
        "sent_at": sent_at.isoformat() if sent_at else None,
        "time": "ok" if sent_at else "invalid",
        "source": frame.source.hex(),
        "source_int": int.from_bytes(frame.source, order),
        "destination": frame.destination.hex(),
        "destination_int": int.from_bytes(frame.destination, order),
        "command": frame.command,
        "type": unit.type,
        "count": unit.count,
        "objects": list(unit.parts),
        "unknown": unit.rest.hex(),
    }


def _order(profile: Profile) -> Any:
    return "big" if profile.big_endian else "little"


def encode(said: Mapping[str, Any]) -> bytes:
    """The frame of such a value. Raises NotSo naming the field that is wrong."""
    if not said.get("ok", True):
        raise NotSo("ok")
    if said.get("heartbeat"):
        return START + _hex(said, "source", 6) + bytes(2) + END
    main, _, user = str(said.get("version", "1.0")).partition(".")
    unit = Unit(
        _optional(said, "type"), _optional(said, "count"), _objects(said), _hex(said, "unknown")
    )
    if unit.type is None and (unit.parts or unit.rest):
        raise NotSo("type")
    data = write_unit(unit)
    if len(data) > STANDARD.most:
        raise NotSo("objects")
    return build(
        serial=_whole(said.get("serial", 0), "serial", 0xFFFF),
        command=_whole(said.get("command"), "command", 0xFF),
        unit=data,
        source=_hex(said, "source", 6),
        destination=_hex(said, "destination", 6),
        time=_time(said),
        main=_whole(_digits(main), "version", 0xFF),
        user=_whole(_digits(user or "0"), "version", 0xFF),
    )


def _objects(said: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    found = said.get("objects", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise NotSo("objects")
    return tuple(found)


def _optional(said: Mapping[str, Any], name: str) -> int | None:
    value = said.get(name)
    return None if value is None else _whole(value, name, 0xFF)


def _whole(value: object, name: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise NotSo(name)
    return value


def _digits(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1


def _hex(said: Mapping[str, Any], name: str, size: int | None = None) -> bytes:
    try:
        data = bytes.fromhex(str(said.get(name, "")))
    except ValueError as wrong:
        raise NotSo(name) from wrong
    if size is not None and len(data) != size:
        raise NotSo(name)
    return data


def _time(said: Mapping[str, Any]) -> bytes:
    value = said.get("sent_at")
    if value is None:
        return times.NONE
    try:
        return times.write(datetime.fromisoformat(str(value)))
    except ValueError as wrong:
        raise NotSo("sent_at") from wrong
