"""Frames of GB/T 26875.3 by hand: `frame decode`, `frame encode`."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from fengsui.commands.declare import add, group, say
from fengsui.commands.reading import read_object
from fengsui.kernel.refusal import Refusal
from fengsui.wire.gbt26875.fields import NotSo
from fengsui.wire.gbt26875.plain import decode_hex, encode


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    frame = group(commands, "frame", "GB/T 26875.3 报文", "fengsui frame decode 4040…2323")
    decoding = add(
        frame,
        "decode",
        decode,
        "解析报文，每帧一行 JSON",
        "fengsui frame decode 4040…2323",
        json=True,
    )
    decoding.add_argument("hex", nargs="+", help="十六进制；- 表示从标准输入逐行读")
    encoding = add(
        frame, "encode", write, "由 JSON 生成报文", "fengsui frame encode 报文.json", json=True
    )
    encoding.add_argument("file", type=Path)


def decode(arguments: argparse.Namespace) -> int:
    read = 0
    for text in _texts(arguments.hex):
        read += 1
        for said in decode_hex(text):
            say(json.dumps(said, ensure_ascii=False))
    if not read:
        raise Refusal("frames-missing")
    return 0


def _texts(given: list[str]) -> Iterator[str]:
    for text in given:
        if text == "-":
            yield from (
                line.decode("ascii", "replace") for line in sys.stdin.buffer if line.strip()
            )
        else:
            yield text


def write(arguments: argparse.Namespace) -> int:
    try:
        data = encode(read_object(arguments.file)).hex()
    except NotSo as wrong:
        raise Refusal("frame-invalid", field=str(wrong)) from wrong
    say(json.dumps({"hex": data}) if arguments.json else data)
    return 0
