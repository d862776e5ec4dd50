"""Every refusal has words for a person; the words ask only for facts that the refusal brings."""

import ast
from pathlib import Path
from string import Formatter

import pytest

import fengsui
from fengsui.kernel.refusal import Refusal
from fengsui.platform import words

ROOT = Path(fengsui.__file__).parent


def refusals():
    """(place, code, names of facts) of each `Refusal("code", …)` in the source; ** brings unknown ones."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    facts = {keyword.arg for keyword in node.keywords}
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", code.value, facts


FOUND = sorted(refusals(), key=lambda found: found[:2])


@pytest.mark.parametrize(
    ("place", "code", "facts"), FOUND, ids=[f"{place} {code}" for place, code, _ in FOUND]
)
def test_a_refusal_is_said_in_words(place, code, facts):
    template = words.template_of(code)
    assert template, f"{place}: no words for {code}"
    if None not in facts:
        wanted = {name for _text, name, _spec, _conv in Formatter().parse(template) if name}
        assert wanted <= facts, f"{place}: the words of {code} ask for {wanted - facts}"


def test_an_unknown_code_still_says_which_it_is():
    assert "no-such-code" in words.answer(Refusal("no-such-code", why="试验")).text
