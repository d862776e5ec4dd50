"""The bundle for machines without internet holds wheels, script, units and handbook, and sums of all."""

import hashlib
import tarfile

from tools import bundle


def test_the_archive_lists_everything_and_its_sums_hold(tmp_path):
    folder, target = tmp_path / bundle.NAME, tmp_path / "out" / "bundle.tar.gz"
    (folder / "wheels").mkdir(parents=True)
    (folder / "wheels" / "fengsui-0.1.0-py3-none-any.whl").write_bytes(b"wheel")

    bundle.finish(folder)
    bundle.pack(folder, target)

    with tarfile.open(target) as archive:
        files = {name.name.removeprefix(f"{bundle.NAME}/"): archive.extractfile(name) for name in archive if name.isfile()}  # fmt: skip
        held = {name: file.read() for name, file in files.items() if file}
    assert {
        "install.sh",
        "run.txt",
        "wheels/fengsui-0.1.0-py3-none-any.whl",
        "deploy/fengsui-web.service",
        "deploy/fengsui-worker.service",
        "deploy/fengsui-backup.timer",
        "deploy/nginx.conf",
        "docs/operations.md",
    } <= held.keys()
    lines = [line.split("  ") for line in held["SHA256SUMS"].decode().splitlines()]
    assert {name: said for said, name in lines} == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in held.items()
        if name != "SHA256SUMS"
    }
