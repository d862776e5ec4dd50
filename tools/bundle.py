"""One archive from which a machine without internet can be installed: wheels, our own among them, a script.

`python tools/bundle.py [TARGET.tar.gz]`, here by `make bundle`. The wheels are those of the machine this
runs on: build it on the same kind of system and Python as the target's. Hashes are checked on the way in
(pip, against requirements/run.txt) and again on the target (SHA256SUMS).
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAME = "fengsui-bundle"
_PIP = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]

INSTALL = """#!/bin/sh
# 在没有互联网的机器上安装：sh install.sh [目录，缺省 /opt/fengsui]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/fengsui}
cd "$here"
sha256sum --quiet -c SHA256SUMS || { echo "安装包已损坏，请重新拷贝" >&2; exit 1; }
command -v python3 >/dev/null || { echo "请先安装 Python 3.11 或更高" >&2; exit 1; }
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高" >&2; exit 1; }
python3 -m venv "$target"
"$target/bin/python" -m pip install -q --no-index --find-links wheels --require-hashes -r run.txt
"$target/bin/python" -m pip install -q --no-index --no-deps wheels/fengsui-*.whl
"$target/bin/fengsui" rule list >/dev/null
echo "已安装到 $target。下一步见 docs/operations.md：$target/bin/fengsui init"
"""


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else ROOT / "build" / f"{NAME}.tar.gz"
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / NAME
        gather(folder)
        finish(folder)
        pack(folder, target)
    print(f"{target}: {target.stat().st_size / 1e6:.0f} MB")
    return 0


def gather(folder: Path) -> None:
    """Wheels of what runs, and our own."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    requirements = str(ROOT / "requirements" / "run.txt")
    fetch = ["download", "--require-hashes", "--only-binary", ":all:", "-r", requirements]
    subprocess.run([*_PIP, *fetch, "-d", str(wheels)], check=True)
    own = ["wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(ROOT)]
    subprocess.run([*_PIP, *own], check=True)


def finish(folder: Path) -> None:
    """Everything beside the wheels, and the sums of all of it."""
    (folder / "install.sh").write_text(INSTALL, "utf-8")
    (folder / "run.txt").write_bytes((ROOT / "requirements" / "run.txt").read_bytes())
    for part, pattern in (("deploy", "*"), ("docs", "*.md")):
        (folder / part).mkdir()
        for path in sorted((ROOT / part).glob(pattern)):
            if path.is_file():
                (folder / part / path.name).write_bytes(path.read_bytes())
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}"
        for path in files
    ]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n", "utf-8")


def pack(folder: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(target, "w:gz", compresslevel=1) as archive:
        archive.add(folder, folder.name)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
