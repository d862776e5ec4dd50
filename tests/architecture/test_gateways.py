"""Rows are read and written in few places, and personal values are opened in fewer."""

import ast
from pathlib import Path

import pytest

import fengsui

ROOT = Path(fengsui.__file__).parent
GATEWAYS = {"actions.py", "queries.py", "access.py", "models.py", "store.py"}
# The machinery itself, and the papers' agency.
MACHINERY = {"platform/writes.py", "supervision/papers.py"}
ROWS = {"objects", "save", "bulk_create", "select_for_update", "_base_manager"}
# fields.py compares and masks; records.py makes the ledger's salted hashes; reveal.py is the action;
# a notice goes to an address.
OPENERS = {
    "platform/fields.py",
    "platform/records.py",
    "platform/reveal.py",
    "platform/notices/addresses.py",
}


def sources():
    return [path for path in ROOT.rglob("*.py") if "migrations" not in path.parts]


def is_gateway(path):
    inside_actions = "actions" in path.relative_to(ROOT).parts
    return path.name in GATEWAYS or inside_actions or str(path.relative_to(ROOT)) in MACHINERY


def attributes(path):
    return {n.attr for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Attribute)}


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_only_gateways_touch_rows(path):
    if not is_gateway(path):
        assert attributes(path) & ROWS <= allowed(path)


def allowed(path):
    """Pictures and files have a `save` of their own."""
    return {"save"} if "web" in path.parts and path.name == "images.py" else set()


def opened_values(path):
    """Calls of `something.open()` without arguments: the only way to a personal value's text."""
    return [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "open"
        and not node.args
        and not node.keywords
    ]


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_personal_values_are_opened_only_on_purpose(path):
    if str(path.relative_to(ROOT)) not in OPENERS:
        assert opened_values(path) == []


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_grows_beyond_three_hundred_lines(path):
    assert len(path.read_text().splitlines()) <= 300
