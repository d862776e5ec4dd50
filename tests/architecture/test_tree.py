"""The shape of the tree: names, sizes, docstrings, doors, and numbers that belong in the rulebook."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import fengsui
from fengsui.kernel.statutes import open_citation, parse_citation
from fengsui.platform.actions import ACTIONS
from tests.permissions.addresses import addresses

ROOT = Path(fengsui.__file__).parent
REPOSITORY = ROOT.parents[1]
VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "service",
    "common",
    "base",
    "misc",
}
# What the trade is called in Chinese, spelt in Latin letters: one concept has one English term.
PINYIN = (
    "xiaofang", "yinhuan", "jiancha", "danwei", "changsuo", "wenshu", "anjian", "chufa", "xuke",
    "tousu", "jubao", "wangge", "zhidui", "dadui", "zeren", "baojing", "gaojing", "shebei", "renyuan",
    "xuncha", "fucha", "zhenggai", "chafeng", "xuanchuan", "peixun", "tongji", "qixian", "daiban",
)  # fmt: skip
DOMAINS = {
    "registry", "supervision", "enforcement", "services", "telemetry", "grassroots", "outreach",
    "programmes", "responsibility", "disclosure", "insight",
}  # fmt: skip
LONGEST_FUNCTION, LONGEST_TEMPLATE = 60, 200


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


MODULES = sorted(path for path in ROOT.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in MODULES}


def test_every_package_says_what_it_is():
    packages = [path for path in MODULES if path.name == "__init__.py"]

    silent = [name_of(path) for path in packages if not ast.get_docstring(TREES[path])]
    assert not silent, f"one sentence on what they hold is missing in {silent}"


def test_no_file_has_a_name_that_says_nothing_or_is_pinyin():
    stems = {name_of(path): path.stem.lower() for path in (*MODULES, *TEMPLATES)}
    vague = [name for name, stem in stems.items() if stem in VAGUE and name.endswith(".py")]
    spelt = [name for name, stem in stems.items() if any(word in stem for word in PINYIN)]

    assert not vague, "name the file after what it holds"
    assert not spelt, "use the English term of the glossary"


def test_no_name_in_the_code_is_pinyin():
    spelt = {
        f"{name_of(path)}: {name}"
        for path, tree in TREES.items()
        for name in names_in(tree)
        if any(word in name.lower() for word in PINYIN)
    }
    assert not spelt


def names_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def test_functions_and_templates_stay_short():
    long = {
        f"{name_of(path)}: {node.name}": length
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in TEMPLATES}

    assert not long
    assert not {name: n for name, n in lines.items() if n > LONGEST_TEMPLATE}


def test_every_view_has_a_door():
    """A page without one opens to nobody; better said here than by a user."""
    pages = [found for found in addresses().values() if not found.route.startswith("/api/")]

    assert [found.name for found in pages if not hasattr(found.view, "door")] == []


@pytest.mark.parametrize("source", sorted({action.source for action in ACTIONS.values()}))
def test_what_an_action_rests_on_can_be_opened(source):
    """The article behind a button is one click away, or it is our own default and says so."""
    if source != "本系统默认":
        assert all(open_citation(place) for place in parse_citation(source))


# Numbers of the law and of the house stand in rulebooks. What looks like one in code: a whole number
# above two that is compared with, assigned to or passed as something that is called after a quantity.
QUANTITIES = ("days", "day", "hours", "limit", "months", "years", "fine", "threshold", "term")
SIZES = {"max_length", "min_length"}  # of columns and fields, no quantity of the law


def quantity(name: str) -> bool:
    return any(word in QUANTITIES for word in name.lower().strip("_").split("_"))


def named(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def numbers(node: ast.AST | None) -> list[int]:
    """Whole numbers above two inside an expression, sizes of fields left out."""
    if node is None or (isinstance(node, ast.keyword) and node.arg in SIZES):
        return []
    if isinstance(node, ast.Constant):
        value = node.value
        return [value] if type(value) is int and value > 2 else []
    return [found for child in ast.iter_child_nodes(node) for found in numbers(child)]


def suspicious(tree: ast.AST) -> Iterator[tuple[int, list[int]]]:
    for node in ast.walk(tree):
        if (isinstance(node, ast.AnnAssign) and quantity(named(node.target))) or (
            isinstance(node, ast.Assign) and any(quantity(named(one)) for one in node.targets)
        ):
            yield node.lineno, numbers(node.value)
        elif isinstance(node, ast.keyword) and node.arg and quantity(node.arg):
            yield node.value.lineno, numbers(node.value)
        elif isinstance(node, ast.Compare) and any(
            quantity(named(side)) for side in (node.left, *node.comparators)
        ):
            yield node.lineno, numbers(node)


def found_in(source: str) -> list[list[int]]:
    return [values for _line, values in suspicious(ast.parse(source)) if values]


@pytest.mark.parametrize(
    "source",
    [
        "timedelta(days=3)",
        "TERM_DAYS = 15",
        "days: int = Field(ge=1, le=180)",
        "late = hazard.term_days > 30",
        "limit_hours = 24",
        "if 30000 <= fine: pass",
    ],
)
def test_the_heuristic_sees_a_number_of_the_law(source):
    assert found_in(source)


@pytest.mark.parametrize(
    "source",
    [
        "term: str = Field(max_length=400)",
        "days = rules.number(rule)",
        "timedelta(days=1)",
        "n = 99",
    ],
)
def test_the_heuristic_leaves_other_numbers_alone(source):
    assert not found_in(source)


def test_no_number_of_the_law_stands_in_a_domain_package():
    inside = {path: tree for path, tree in TREES.items() if name_of(path).split("/")[0] in DOMAINS}
    found = {
        f"{name_of(path)}:{line}": values
        for path, tree in inside.items()
        for line, values in suspicious(tree)
        if values
    }
    assert not found, "put the number into the package's rulebook/*.yaml, with its source and tag"


# Put together here, so that this file does not name them either.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org"), ("npmmirror", "com"),
        ("pypi", "tuna"), ("mirrors", "aliyun"), ("proxy", "golang", "org"), ("crates", "io"),
    )
]  # fmt: skip


def tracked() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("no git checkout: what is tracked is not known")
    for name in listed.stdout.decode().split("\0"):
        path = REPOSITORY / name
        if name and path.is_file():
            yield path


def test_no_file_names_the_host_of_a_package_index():
    naming = [
        str(path.relative_to(REPOSITORY))
        for path in tracked()
        if any(host.encode() in path.read_bytes() for host in HOSTS)
    ]
    assert not naming, "where packages come from is the machine's own setting"
