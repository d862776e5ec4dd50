"""What the browser loads stays small, and pages carry no script or style of their own (strict CSP)."""

import re
from pathlib import Path

import pytest

import fengsui

WEB = Path(fengsui.__file__).parent / "web"
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)")


@pytest.mark.parametrize(
    "path", sorted((WEB / "field").rglob("*.js")), ids=lambda path: str(path.name)
)
def test_a_module_of_the_phone_has_at_most_a_hundred_lines(path):
    assert len(path.read_text().splitlines()) <= 100


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.html")), ids=lambda p: str(p.relative_to(WEB)))
def test_a_template_has_no_inline_script_or_style(path):
    assert INLINE.findall(path.read_text()) == []
