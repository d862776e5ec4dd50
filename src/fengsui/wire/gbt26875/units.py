"""The application data unit: type flag, count, objects (table 3), both ways.

Each type is a row of fields; a field knows how to be read from bytes and written back. What a type
does not explain is kept as bytes, never dropped.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fengsui.wire.gbt26875.fields import NotSo, address, at, byte, padded, tag, text_bytes, text_of
from fengsui.wire.gbt26875.frame import Profile
from fengsui.wire.gbt26875.tables import (
    ANALOG,
    COMPONENT_BITS,
    DEVICE_BITS,
    DEVICE_OPERATION_BITS,
    OPERATION_BITS,
    SYSTEM_BITS,
    bits_of,
)

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """One type of table 3: a fixed struct whose values `read` names, and the way back."""

    packed: struct.Struct
    read: Callable[[tuple[Any, ...], Profile], Object]
    write: Callable[[Mapping[str, Any]], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a data unit says. `count` is the number it claims; `rest` is what was not understood."""

    type: int | None
    count: int | None
    parts: tuple[Object, ...]
    rest: bytes


def _head(said: Mapping[str, Any]) -> tuple[int, int]:
    return byte(said, "system_type"), byte(said, "system_address")


def _analog(kind: int, raw: int) -> Object:
    unit, places = ANALOG.get(kind, ("", -1))
    value = None if places < 0 else round(raw / 10**places, places) if places else raw
    return {"analog_type": kind, "raw": raw, "value": value, "unit": unit}


def _system_state(v: tuple[Any, ...], p: Profile) -> Object:
    return {
        "system_type": v[0], "system_address": v[1], "state": v[2],
        "bits": bits_of(v[2], SYSTEM_BITS), "at": at(v[3], p),
    }  # fmt: skip


def _component_state(v: tuple[Any, ...], p: Profile) -> Object:
    return {
        "system_type": v[0], "system_address": v[1], "component_type": v[2],
        "component_address": v[3].hex(), "state": v[4], "bits": bits_of(v[4], COMPONENT_BITS),
        "description": text_of(v[5]), "at": at(v[6], p),
    }  # fmt: skip


def _component_value(v: tuple[Any, ...], p: Profile) -> Object:
    return {
        "system_type": v[0], "system_address": v[1], "component_type": v[2],
        "component_address": v[3].hex(), **_analog(v[4], v[5]), "at": at(v[6], p),
    }  # fmt: skip


def _operation(names: tuple[str, ...]) -> Callable[[tuple[Any, ...], Profile], Object]:
    def read(v: tuple[Any, ...], p: Profile) -> Object:
        flag, operator, moment = v[-3:]
        system = {"system_type": v[0], "system_address": v[1]} if len(v) > 3 else {}
        done = {"operation": flag, "bits": bits_of(flag, names), "operator": operator}
        return system | done | {"at": at(moment, p)}

    return read


def _component(v: tuple[Any, ...], p: Profile) -> Object:
    return {
        "system_type": v[0], "system_address": v[1], "component_type": v[2],
        "component_address": v[3].hex(), "description": text_of(v[4]),
    }  # fmt: skip


def _version(v: tuple[Any, ...], p: Profile) -> Object:
    system = {"system_type": v[0], "system_address": v[1]} if len(v) > 2 else {}
    return system | {"major": v[-2], "minor": v[-1]}


def _time(v: tuple[Any, ...], p: Profile) -> Object:
    system = {"system_type": v[0], "system_address": v[1]} if len(v) > 1 else {}
    return system | {"at": at(v[-1], p)}


def _system(v: tuple[Any, ...], p: Profile) -> Object:
    return {"system_type": v[0], "system_address": v[1]}


def _asked_component(v: tuple[Any, ...], p: Profile) -> Object:
    return _system(v, p) | {"component_address": v[2].hex()}


def _asked_records(v: tuple[Any, ...], p: Profile) -> Object:
    system = _system(v, p) if len(v) > 2 else {}
    return system | {"count": v[-2], "at": at(v[-1], p)}


_LAYOUTS: dict[int, Layout] = {
    1: Layout(
        struct.Struct("<BBH6s"),
        _system_state,
        lambda o: (*_head(o), byte(o, "state", 0xFFFF), tag(o)),
    ),
    2: Layout(
        struct.Struct("<BBB4sH31s6s"),
        _component_state,
        lambda o: (
            *_head(o),
            byte(o, "component_type"),
            address(o),
            byte(o, "state", 0xFFFF),
            padded(o),
            tag(o),
        ),
    ),
    3: Layout(
        struct.Struct("<BBB4sBh6s"),
        _component_value,
        lambda o: (
            *_head(o),
            byte(o, "component_type"),
            address(o),
            byte(o, "analog_type"),
            byte(o, "raw", 0x7FFF, -0x8000),
            tag(o),
        ),
    ),
    4: Layout(
        struct.Struct("<BBBB6s"),
        _operation(OPERATION_BITS),
        lambda o: (*_head(o), byte(o, "operation"), byte(o, "operator"), tag(o)),
    ),
    5: Layout(
        struct.Struct("<BBBB"),
        _version,
        lambda o: (*_head(o), byte(o, "major"), byte(o, "minor")),
    ),
    7: Layout(
        struct.Struct("<BBB4s31s"),
        _component,
        lambda o: (*_head(o), byte(o, "component_type"), address(o), padded(o)),
    ),
    8: Layout(struct.Struct("<BB6s"), _time, lambda o: (*_head(o), tag(o))),
    21: Layout(
        struct.Struct("<B6s"),
        lambda v, p: {"state": v[0], "bits": bits_of(v[0], DEVICE_BITS), "at": at(v[1], p)},
        lambda o: (byte(o, "state"), tag(o)),
    ),
    24: Layout(
        struct.Struct("<BB6s"),
        _operation(DEVICE_OPERATION_BITS),
        lambda o: (byte(o, "operation"), byte(o, "operator"), tag(o)),
    ),
    25: Layout(struct.Struct("<BB"), _version, lambda o: (byte(o, "major"), byte(o, "minor"))),
    28: Layout(struct.Struct("<6s"), _time, lambda o: (tag(o),)),
    64: Layout(
        struct.Struct("<BBB6s"), _asked_records, lambda o: (*_head(o), byte(o, "count"), tag(o))
    ),
    84: Layout(struct.Struct("<B6s"), _asked_records, lambda o: (byte(o, "count"), tag(o))),
    90: Layout(struct.Struct("<6s"), _time, lambda o: (tag(o),)),
    91: Layout(
        struct.Struct("<B"),
        lambda v, p: {"timeout_minutes": v[0]},
        lambda o: (byte(o, "timeout_minutes"),),
    ),
}
_LAYOUTS |= {kind: Layout(struct.Struct("<BB"), _system, _head) for kind in (61, 65, 66, 68)}
_LAYOUTS |= {
    kind: Layout(struct.Struct("<BB4s"), _asked_component, lambda o: (*_head(o), address(o)))
    for kind in (62, 63, 67)
}
_LAYOUTS |= {
    kind: Layout(
        struct.Struct("<B"), lambda v, p: {"reserved": v[0]}, lambda o: (byte(o, "reserved"),)
    )
    for kind in (81, 85, 86, 88, 89)
}
# Types whose objects carry their own length: bytes before the length byte.
_TEXTS = {6: 2, 26: 0}


def read_unit(data: bytes, profile: Profile) -> Unit:
    """Objects as far as they are whole; the rest as bytes. Never fails."""
    if not data:
        return Unit(None, None, (), b"")
    if len(data) == 1:
        return Unit(data[0], None, (), b"")
    kind, count = data[0], data[1]
    if kind in _TEXTS:
        return _read_texts(kind, count, data, profile)
    layout = _LAYOUTS.get(kind)
    if layout is None:
        return Unit(kind, count, (), data[2:])
    size = layout.packed.size
    whole = min(count, (len(data) - 2) // size)
    found = tuple(
        layout.read(layout.packed.unpack_from(data, 2 + size * place), profile)
        for place in range(whole)
    )
    return Unit(kind, count, found, data[2 + size * whole :])


def _read_texts(kind: int, count: int, data: bytes, profile: Profile) -> Unit:
    head, offset, found = _TEXTS[kind], 2, []
    for _ in range(count):
        start = offset + head + 1
        if start > len(data) or start + data[start - 1] > len(data):
            break
        system = _system((data[offset], data[offset + 1]), profile) if head else {}
        end = start + data[start - 1]
        found.append(system | {"text": text_of(data[start:end])})
        offset = end
    return Unit(kind, count, tuple(found), data[offset:])


def write_unit(unit: Unit) -> bytes:
    """The bytes of a unit. Raises NotSo naming the field that cannot be written."""
    if unit.type is None:
        return b""
    if unit.count is None and not unit.parts:
        return bytes((unit.type,)) + unit.rest
    count = len(unit.parts) if unit.count is None else unit.count
    if count > 0xFF:
        raise NotSo("objects")
    head = bytes((unit.type, count))
    return head + b"".join(_written(unit.type, one) for one in unit.parts) + unit.rest


def _written(kind: int, one: Mapping[str, Any]) -> bytes:
    if kind in _TEXTS:
        data = text_bytes(one, "text", 0xFF)
        return (bytes(_head(one)) if _TEXTS[kind] else b"") + bytes((len(data),)) + data
    if kind not in _LAYOUTS:
        raise NotSo("type")
    return _LAYOUTS[kind].packed.pack(*_LAYOUTS[kind].write(one))
