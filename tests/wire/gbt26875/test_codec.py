"""GB/T 26875.3: the standard's examples, every bit flipped, any cut, noise, and round trips."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengsui.wire.gbt26875 import times
from fengsui.wire.gbt26875.fields import NotSo
from fengsui.wire.gbt26875.frame import (
    STANDARD,
    Bad,
    Frame,
    Heartbeat,
    Profile,
    acknowledge,
    build,
    parse,
)
from fengsui.wire.gbt26875.plain import decode_hex, encode
from fengsui.wire.gbt26875.stream import Stream
from fengsui.wire.gbt26875.units import read_unit

EXAMPLES = [
    json.loads(line)["hex"]
    for line in (Path(__file__).parent / "examples.jsonl").read_text("utf-8").splitlines()
]
FIRE = bytes.fromhex(EXAMPLES[0])
CHINA = timezone(timedelta(hours=8))


def one(text, profile=STANDARD):
    found = list(decode_hex(text, profile))
    assert len(found) == 1, found
    return found[0]


def test_the_fire_of_the_first_example():
    said = one(EXAMPLES[0])

    assert (said["serial"], said["version"], said["command"], said["type"]) == (1, "1.1", 2, 2)
    assert (said["sent_at"], said["time"]) == ("2012-09-26T09:58:32+08:00", "ok")
    assert (said["source"], said["source_int"]) == ("790300000000", 0x379)
    assert said["objects"] == [
        {
            "system_type": 1,
            "system_address": 1,
            "component_type": 40,
            "component_address": "0a000200",
            "state": 2,
            "bits": ["fire"],
            "description": "",
            "at": "2012-09-26T09:58:02+08:00",
        }
    ]
    assert said["unknown"] == ""


@pytest.mark.parametrize("text", EXAMPLES)
def test_what_is_decoded_encodes_to_the_same(text):
    said = one(text)

    assert one(encode(said).hex()) == said


@pytest.mark.parametrize("text", EXAMPLES)
def test_any_flipped_bit_is_found(text):
    data = bytes.fromhex(text)
    for place in range(len(data) * 8):
        spoilt = bytearray(data)
        spoilt[place // 8] ^= 1 << place % 8
        assert isinstance(parse(bytes(spoilt)), Bad), place


@pytest.mark.parametrize("text", EXAMPLES)
def test_any_cut_of_the_stream_gives_the_same_frames(text):
    data = FIRE + bytes.fromhex(text) + FIRE
    whole = list(Stream().feed(data))
    stream = Stream()
    by_byte = [event for byte in data for event in stream.feed(bytes((byte,)))]

    assert by_byte == whole
    assert [type(event) for event in whole] == [Frame] * 3


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (FIRE[:-1], "short"),
        (FIRE[:20], "short"),
        (b"@@", "short"),
        (FIRE[1:], "start"),
        (b"\x00" + FIRE, "start"),
        (FIRE[:-3] + bytes((FIRE[-3] ^ 1,)) + FIRE[-2:], "checksum"),
        (FIRE[:-1] + b"$", "end"),
        (FIRE[:24] + b"\xff\xff" + FIRE[26:], "length"),
        (FIRE[:40] + FIRE[41:], "length"),
        (FIRE + b"\x00", "length"),
    ],
)
def test_each_thing_that_can_be_wrong_has_its_name_and_one_line(data, error):
    said = one(data.hex())

    assert (said["ok"], said["error"]) == (False, error)


@pytest.mark.parametrize("command", [0, 7, 127])
def test_a_reserved_command_is_not_recognisable(command):
    data = build(serial=0, command=command, source=bytes(6), destination=bytes(6), time=FIRE[6:12])

    assert one(data.hex())["error"] == "command"
    assert one(data.hex(), Profile(commands=frozenset({0, 7, 127})))["ok"]


@pytest.mark.parametrize("text", ["zz", "404", "４０４０", "3430343"])
def test_what_is_no_hexadecimal_is_said(text):
    assert one(text)["error"] in ("hex", "start")


def test_hexadecimal_in_text_is_unwrapped():
    assert one(EXAMPLES[0].encode().hex()) == one(EXAMPLES[0])
    stream = Stream(Profile(ascii_hex=True))
    assert list(stream.feed(EXAMPLES[0].encode())) == [parse(FIRE)]


def test_a_short_heartbeat_stands_between_frames():
    beat = bytes.fromhex("4040ff8001020304010a2323")

    assert one(beat.hex()) == {"ok": True, "heartbeat": True, "source": "ff8001020304"}
    found = list(Stream().feed(beat + FIRE + beat))
    assert [type(event) for event in found] == [Heartbeat, Frame, Heartbeat]
    assert [said["ok"] for said in decode_hex((beat + FIRE).hex())] == [True, True]


def test_the_end_signs_inside_a_frame_do_not_cut_it():
    moment = datetime(2024, 5, 6, 7, 35, 35, tzinfo=CHINA)
    data = build(
        serial=9, command=2, unit=b"\x1c\x01" + times.write(moment), source=b"##@@##",
        destination=b"@@##@@", time=times.write(moment),
    )  # fmt: skip

    frame = parse(data)
    assert isinstance(frame, Frame)
    assert list(Stream().feed(data + data)) == [frame, frame]


def test_after_noise_and_a_damaged_length_the_next_frame_is_read():
    damaged = FIRE[:24] + b"\x31\x00" + FIRE[26:]
    stream = Stream()

    found = [*stream.feed(b"noise" + damaged + FIRE), *stream.feed(FIRE)]

    assert [event for event in found if isinstance(event, Frame)] == [parse(FIRE)] * 2


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=60), st.just(FIRE), st.just(b"@@"), st.just(b"##"))))
def test_no_bytes_break_the_stream_and_its_memory_is_bounded(pieces):
    stream = Stream()
    for piece in pieces:
        for event in stream.feed(piece):
            assert isinstance(event, Frame | Heartbeat | Bad)
        assert len(stream._held) <= 1054
    assert all(isinstance(event, Bad) for event in stream.close())


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_no_unit_breaks_the_reader_and_nothing_is_dropped(data):
    unit = read_unit(data, Profile())

    assert unit.rest == b"" or data.endswith(unit.rest)


BYTE, WORD = st.integers(0, 255), st.integers(0, 0xFFFF)
MOMENT = st.one_of(
    st.none(),
    st.integers(946656000, 4102329600).map(
        lambda second: datetime.fromtimestamp(second, CHINA).isoformat()
    ),
)
ADDRESS = st.binary(min_size=4, max_size=4).map(bytes.hex)
WORDS = st.text(alphabet="二层东侧烟感A1·", max_size=14)
HEAD: dict[str, Any] = {"system_type": BYTE, "system_address": BYTE}
OBJECTS: dict[int, dict[str, Any]] = {
    1: HEAD | {"state": WORD, "at": MOMENT},
    2: HEAD
    | {"component_type": BYTE, "component_address": ADDRESS, "state": WORD}
    | {"description": WORDS, "at": MOMENT},
    3: HEAD
    | {"component_type": BYTE, "component_address": ADDRESS, "analog_type": BYTE}
    | {"raw": st.integers(-32768, 32767), "at": MOMENT},
    4: HEAD | {"operation": BYTE, "operator": BYTE, "at": MOMENT},
    5: HEAD | {"major": BYTE, "minor": BYTE},
    6: HEAD | {"text": WORDS},
    7: HEAD | {"component_type": BYTE, "component_address": ADDRESS, "description": WORDS},
    8: HEAD | {"at": MOMENT},
    21: {"state": BYTE, "at": MOMENT},
    24: {"operation": BYTE, "operator": BYTE, "at": MOMENT},
    25: {"major": BYTE, "minor": BYTE},
    26: {"text": WORDS},
    28: {"at": MOMENT},
    61: HEAD,
    62: HEAD | {"component_address": ADDRESS},
    63: HEAD | {"component_address": ADDRESS},
    64: HEAD | {"count": BYTE, "at": MOMENT},
    65: HEAD,
    66: HEAD,
    67: HEAD | {"component_address": ADDRESS},
    68: HEAD,
    81: {"reserved": BYTE},
    84: {"count": BYTE, "at": MOMENT},
    85: {"reserved": BYTE},
    86: {"reserved": BYTE},
    88: {"reserved": BYTE},
    89: {"reserved": BYTE},
    90: {"at": MOMENT},
    91: {"timeout_minutes": BYTE},
}


@pytest.mark.parametrize("kind", OBJECTS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_type_goes_there_and_back(kind, data):
    objects = data.draw(st.lists(st.fixed_dictionaries(OBJECTS[kind]), max_size=3))
    said: dict[str, Any] = {
        "serial": data.draw(WORD), "version": "1.2", "sent_at": data.draw(MOMENT),
        "source": data.draw(st.binary(min_size=6, max_size=6)).hex(),
        "destination": data.draw(st.binary(min_size=6, max_size=6)).hex(),
        "command": data.draw(st.sampled_from([1, 2, 4, 5, 128, 255])), "type": kind,
        "objects": objects,
    }  # fmt: skip

    found = one(encode(said).hex())

    assert {name: found[name] for name in said if name != "objects"} == {
        name: value for name, value in said.items() if name != "objects"
    }
    assert [{name: one[name] for name in OBJECTS[kind]} for one in found["objects"]] == objects
    assert one(encode(found).hex()) == found


# Table 6: type, raw, physical value, unit.
@pytest.mark.parametrize(
    ("kind", "raw", "value", "unit"),
    [
        (1, 7, 7, ""), (2, 250, 2.5, "m"), (3, -500, -50.0, "℃"), (4, 12, 1.2, "MPa"),
        (5, 345, 34.5, "kPa"), (6, 255, 25.5, "%LEL"), (7, 60, 60, "s"), (8, 2205, 220.5, "V"),
        (9, 15, 1.5, "A"), (10, 123, 12.3, "L/s"), (11, 5, 0.5, "m³/min"), (12, 20, 20, "m/s"),
        (0, 5, None, ""), (130, 312, None, ""),
    ],
)  # fmt: skip
def test_an_analog_value_has_its_unit(kind, raw, value, unit):
    body = bytes((1, 1, 17)) + b"\x01\x00\x02\x00" + bytes((kind,))
    unit_bytes = b"\x03\x01" + body + raw.to_bytes(2, "little", signed=True) + FIRE[6:12]

    (found,) = read_unit(unit_bytes, Profile()).parts

    assert (found["raw"], found["value"], found["unit"]) == (raw, value, unit)


@pytest.mark.parametrize(
    ("tag", "profile", "expected"),
    [
        ("203a091a090c", "auto", "2012-09-26T09:58:32+08:00"),
        ("595923310823", "auto", "2023-08-31T23:59:59+08:00"),
        ("121110090812", "binary", "2018-08-09T16:17:18+08:00"),
        ("121110090812", "bcd", "2012-08-09T10:11:12+08:00"),
        ("000000000000", "auto", None),
        ("ffffffffffff", "auto", None),
        ("00000031020c", "binary", None),
    ],
)
def test_a_time_tag_is_binary_unless_it_cannot_be(tag, profile, expected):
    found = times.read(bytes.fromhex(tag), Profile(time=profile))

    assert (found.isoformat() if found else None) == expected


def test_addresses_of_a_big_endian_dialect():
    assert one(EXAMPLES[0], Profile(big_endian=True))["source_int"] == 0x790300000000


def test_a_vendors_type_is_kept_as_it_came():
    data = build(
        serial=0, command=2, unit=bytes.fromhex("cd01010200ff"), source=bytes(6),
        destination=bytes(6), time=FIRE[6:12],
    )  # fmt: skip

    said = one(data.hex())

    assert (said["type"], said["objects"], said["unknown"]) == (205, [], "010200ff")


def test_a_count_that_promises_more_than_there_is_gives_what_is_whole():
    unit = read_unit(b"\x15\x03" + b"\x02" + FIRE[6:12] + b"\x04\x01", Profile())

    assert [one["state"] for one in unit.parts] == [2]
    assert unit.rest == b"\x04\x01"


def test_the_answer_goes_back_with_the_same_serial():
    frame = parse(FIRE)
    assert isinstance(frame, Frame)

    answer = parse(acknowledge(frame, FIRE[6:12]))

    assert isinstance(answer, Frame)
    assert (answer.serial, answer.command, answer.unit) == (1, 3, b"")
    assert (answer.source, answer.destination) == (frame.destination, frame.source)


T = bytes((1, 2, 3, 4, 5, 26))


def framed(unit: bytes, time: bytes = T) -> str:
    return build(
        serial=1, command=2, unit=unit, source=bytes(6), destination=bytes(6), time=time
    ).hex()


@pytest.mark.parametrize(
    "described",
    [
        "一二三四五六七八九十甲乙丙丁戊".encode("gb18030") + b"\xb5",
        b"a" * 28 + "𠮷".encode("gb18030")[:3],
        b"\xff\xfe\x80ab\x81\x20c",
        b"  ab\x00cd  ",
    ],
    ids=["half of two bytes", "three of four bytes", "noise", "padding"],
)
def test_a_description_cut_in_the_middle_of_a_character_goes_round(described):
    unit = bytes((2, 1, 1, 1, 40)) + bytes(4) + b"\x02\x00" + described.ljust(31, b"\0") + T
    said = one(framed(unit))

    assert one(encode(said).hex()) == said


def test_a_sign_of_life_goes_round():
    said = one("40400102030405060180" + "2323")

    assert (
        one(encode(said).hex()) == said == {"ok": True, "heartbeat": True, "source": "010203040506"}
    )


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("sent_at", {"sent_at": "1999-12-31T23:59:59+08:00"}),
        ("sent_at", {"sent_at": "2100-01-01T00:00:00+08:00"}),
        ("sent_at", {"sent_at": "9999-12-31T23:59:59-12:00"}),
        ("type", {"type": None}),
        ("ok", {"ok": False}),
    ],
)
def test_what_no_frame_can_carry_is_refused_by_name(field, change):
    with pytest.raises(NotSo, match=field):
        encode(one(EXAMPLES[0]) | change)


@pytest.mark.parametrize("field", ["system_type", "component_address", "state"])
def test_nothing_is_put_in_for_what_an_object_does_not_say(field):
    said = one(EXAMPLES[0])
    del said["objects"][0][field]

    with pytest.raises(NotSo, match=field):
        encode(said)


def test_a_time_without_a_zone_is_chinas_wherever_the_command_runs():
    said = one(EXAMPLES[0])
    plain = "2026-01-01T08:00:00"
    said["sent_at"] = said["objects"][0]["at"] = plain

    again = one(encode(said).hex())

    assert (again["sent_at"], again["objects"][0]["at"]) == (f"{plain}+08:00",) * 2
