"""S3: what is personal of a household stands nowhere in clear but before whom it was revealed to.

A house of its own is lived in: every page as every post, the interface with right and wrong calls,
the desk's form, searches, exports, looks behind the mask, a withdrawn consent, the ledger sealed and
signed, a backup. Then every file that is left is read: answers, logs, the database with its journal,
the backup's members, and every column of every row.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import House, house
from tests.registry.grids.canaries import found_in
from tests.registry.grids.steps import FACTS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lived() -> Iterator[House]:
    with house() as built:
        built.env["FENGSUI_HOSTS"] = "testserver,localhost"
        built.run(
            f"""
            from tests.registry.grids.canaries import live
            live({str(built.home)!r})
            """
        )
        yield built


def clear(home: Path) -> set[tuple[str, str]]:
    """What stands in clear, but for the pages that were shown on purpose."""
    return {found for found in found_in(home) if not found[0].startswith(("revealed/", "wrong/"))}


def test_nothing_personal_stands_anywhere_in_clear(lived):
    assert clear(lived.home) == set()


def test_there_was_much_to_be_found(lived):
    """Answers as all posts, a log, the database and its copy, exports with a row, rows of the tables."""
    names = {str(path.relative_to(lived.home)) for path in lived.home.rglob("*") if path.is_file()}
    said = b"".join(path.read_bytes() for path in (lived.home / "answers").iterdir())

    assert len([name for name in names if name.startswith("answers/")]) > 300
    assert {"logs/web.jsonl", "whole.backup"} <= names
    assert any("export-households" in name for name in names)
    assert said.count(b"138****8761") > 20
    assert said.count("乌日图**".encode()) > 20
    assert b"grids_household" in said


def test_who_gave_a_reason_saw_each_field_once(lived):
    """The control of the scanner on pages: what was revealed is found, in seven pages, and once each."""
    revealed = sorted(field for _name, field in found_in(lived.home / "revealed"))

    assert revealed == sorted(FACTS)


def test_a_field_stored_unsealed_is_found_by_the_same_scanner(lived):
    """The control of the scanner on the database: one value written as it is, and it is found."""
    lived.run(
        f"""
        from tests.registry.grids.canaries import unsealed
        unsealed({str(lived.home / "wrong")!r})
        """
    )

    wrong = {(Path(name).parts[0], field) for name, field in found_in(lived.home)}
    assert ("wrong", "notes") in wrong
    if (lived.home / "fengsui.sqlite3").exists():
        assert {name for name, _field in found_in(lived.home / "wrong")} == {
            "0000-rows",
            "0001-journal",
        }
        assert any(name.startswith("fengsui.sqlite3") for name, field in wrong if field == "notes")
