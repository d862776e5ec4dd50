"""One frame: header, addresses, length, checksum, ends. Strict about what the standard checks.

Layout (offsets from 0): 40 40 · serial 2 LE · version 2 · time 6 · source 6 · destination 6 ·
length 2 LE · command 1 · data unit L · checksum 1 · 23 23. There is no escaping.
"""

import struct
from dataclasses import dataclass, field
from typing import Literal

from fengsui.wire.gbt26875.tables import USER_COMMANDS, Command

START, END = b"@@", b"##"
HEADER = struct.Struct("<2sHBB6s6s6sHB")
OVERHEAD = 30
HEARTBEAT = 12
LARGEST_UNIT = 1024
_KNOWN = frozenset(Command) | frozenset(USER_COMMANDS)

Error = Literal["checksum", "length", "start", "end", "short", "command", "hex"]


@dataclass(frozen=True, slots=True)
class Profile:
    """How one source departs from the standard; chosen per source, settable at run time.

    `big_endian` addresses (JD-F53), `time` as plain binary, BCD, or binary with BCD where binary is
    no date; `commands` besides those of table 2 (Dahua registers with 0 and lives with 7);
    `ascii_hex` carries frames as hexadecimal text; `most` is the largest data unit.
    """

    name: str = "standard"
    big_endian: bool = False
    time: Literal["auto", "binary", "bcd"] = "auto"
    commands: frozenset[int] = field(default_factory=frozenset)
    ascii_hex: bool = False
    most: int = LARGEST_UNIT


STANDARD = Profile()


@dataclass(frozen=True, slots=True)
class Frame:
    """A verified frame. Addresses are six bytes as on the wire; `raw` is everything as it came."""

    serial: int
    main: int
    user: int
    time: bytes
    source: bytes
    destination: bytes
    command: int
    unit: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The twelve-byte sign of life of some devices: @@, address, module, system type, ##."""

    source: bytes
    module: int
    system_type: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Bad:
    """What is no frame, and why. `raw` is what was read of it."""

    error: Error
    detail: str
    raw: bytes


def is_heartbeat(data: bytes | bytearray | memoryview) -> bool:
    """Bytes 10 and 11 of a frame are month and year: 23 23 there is never a date."""
    return len(data) >= HEARTBEAT and bytes(data[10:12]) == END


def size_of(data: bytes | bytearray | memoryview) -> int:
    """The whole length that a header of at least 26 bytes announces."""
    return OVERHEAD + int.from_bytes(data[24:26], "little")


def parse(data: bytes, profile: Profile = STANDARD) -> Frame | Bad:
    """One frame that fills `data` exactly, or the first thing wrong with it."""
    if data[:2] != START:
        return Bad("start", "起始符不是 40 40", data)
    if len(data) < OVERHEAD:
        return Bad("short", f"只有 {len(data)} 字节，最少 {OVERHEAD} 字节", data)
    length = int.from_bytes(data[24:26], "little")
    if length > profile.most:
        return Bad("length", f"应用数据单元 {length} 字节，超过 {profile.most} 字节", data)
    if len(data) != OVERHEAD + length:
        return _wrong_size(data, OVERHEAD + length)
    if data[-2:] != END:
        return Bad("end", "结束符不是 23 23", data)
    if sum(data[2:-3]) & 0xFF != data[-3]:
        return Bad(
            "checksum", f"校验和应为 {sum(data[2:-3]) & 0xFF:02x}，收到 {data[-3]:02x}", data
        )
    command = data[26]
    if command not in _KNOWN and command not in profile.commands:
        return Bad("command", f"控制命令字节 {command} 不可识别", data)
    _, serial, main, user, time, source, destination, _, _ = HEADER.unpack_from(data)
    return Frame(serial, main, user, time, source, destination, command, data[27:-3], data)


def _wrong_size(data: bytes, announced: int) -> Bad:
    detail = f"长度域要求全长 {announced} 字节，收到 {len(data)} 字节"
    if len(data) < announced and data[-2:] != END:
        return Bad("short", detail, data)
    if len(data) > announced and data[-2:] != END and data[announced - 2 : announced] != END:
        return Bad("end", detail, data)
    return Bad("length", detail, data)


def build(
    *,
    serial: int,
    command: int,
    unit: bytes = b"",
    source: bytes,
    destination: bytes,
    time: bytes,
    main: int = 1,
    user: int = 0,
) -> bytes:
    """A frame as bytes. Raises ValueError for a unit that is too long or an address not of six bytes."""
    if len(unit) > LARGEST_UNIT or len(source) != 6 or len(destination) != 6 or len(time) != 6:
        raise ValueError("unit ≤ 1024 bytes; addresses and time of six bytes each")
    head = HEADER.pack(START, serial, main, user, time, source, destination, len(unit), command)
    body = head + unit
    return body + bytes((sum(body[2:]) & 0xFF,)) + END


def acknowledge(frame: Frame, time: bytes, command: int = Command.ACK) -> bytes:
    """The centre's answer with an empty unit: same serial, addresses changed over."""
    return build(
        serial=frame.serial,
        command=command,
        source=frame.destination,
        destination=frame.source,
        time=time,
        main=frame.main,
        user=frame.user,
    )
