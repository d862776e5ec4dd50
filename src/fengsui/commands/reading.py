"""Files that outsiders wrote, read for a command: what cannot be read is said with its place."""

import errno
import json
from pathlib import Path
from typing import Any

from fengsui.kernel.refusal import Refusal

_WHY = {
    errno.ENOENT: "没有这个文件",
    errno.EISDIR: "这是一个目录",
    errno.EACCES: "没有读取的权限",
}


def read_text(path: Path) -> str:
    """UTF-8, perhaps with a byte-order mark. Refuses `file-unreadable`."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        why = _WHY.get(error.errno or 0, error.strerror)
        raise Refusal("file-unreadable", file=str(path), why=why) from error
    except UnicodeDecodeError as error:
        why = f"第 {error.start + 1} 个字节起不是 UTF-8 文字，请另存为 UTF-8"
        raise Refusal("file-unreadable", file=str(path), why=why) from error


def read_object(path: Path) -> dict[str, Any]:
    """A JSON object from a file. Refuses `file-unreadable`, `json-invalid`."""
    try:
        said = json.loads(read_text(path), object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise _invalid(path, f"第 {error.lineno} 行第 {error.colno} 个字符处写错") from error
    except RecursionError as error:
        raise _invalid(path, "层层嵌套过深") from error
    except _Twice as error:
        raise _invalid(path, str(error)) from error
    except ValueError as error:
        raise _invalid(path, "有位数过多的数") from error
    if not isinstance(said, dict):
        raise _invalid(path, "最外层应是一个对象 {…}")
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two values under one name none may win silently."""
    said = dict(pairs)
    if len(said) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Twice(f"字段 {twice} 写了两次")
    return said


class _Twice(ValueError):
    """A name that stands twice in one object."""


def _invalid(path: Path, why: str) -> Refusal:
    return Refusal("json-invalid", file=str(path), why=why)
