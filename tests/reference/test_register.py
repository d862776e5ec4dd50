"""The register of the scenario, counted in the database that `fengsui demo` leaves, by SQL of the test's own."""

import csv
import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
from collections import Counter

import pytest

from fengsui.commands.demonstration import REGIONS
from fengsui.reference.scale import HOUSEHOLDS, REGISTER, quotas
from fengsui.registry.lifecycle import PremisesClass
from fengsui.registry.rules import credit_code_problem

pytestmark = pytest.mark.slow
# The scenario's numbers; key units and those of high risk are 500 together.
CLASSES = {"key": 488, "high_risk": 12, "ordinary": 2_000, "small": 9_000}


def fengsui(home, *words):
    """A command in a process and home of its own; what it printed."""
    return python(home, "-m", "fengsui.cli", *words)


def python(home, *words):
    left_out = ("FENGSUI_TESTING", "FENGSUI_DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {"FENGSUI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "fengsui.settings"}
    return subprocess.run(
        [sys.executable, *words],
        env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


def demo(home, scale, until):
    """Play; what it printed, and the seconds of processor it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = fengsui(home, "demo", "--scale", scale, "--no-serve", "--until", until)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return said, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Played:
    def __init__(self, home):
        self.home = home
        self.said, self.seconds = demo(home, "small", "2026-03-13")

    def rows(self, sql):
        with sqlite3.connect(self.home / "fengsui.sqlite3") as database:
            return database.execute(sql).fetchall()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Played(tmp_path_factory.mktemp("demo") / "home")


def root(said):
    return next(line for line in said.splitlines() if line.startswith("台账树根"))


def divisions():
    with REGIONS.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def villages():
    """County → its village-level codes, read from the table of divisions itself."""
    found: dict[str, dict[str, str]] = {
        row["code"]: {} for row in divisions() if row["level"] == "3"
    }
    for row in divisions():
        if row["level"] == "5":
            found[row["code"][:6].ljust(12, "0")][row["code"]] = row["name"]
    return found


def test_all_counties_together_get_the_scenarios_numbers():
    parts = quotas(villages(), 1.0)

    total: Counter[str] = Counter()
    for part in parts.values():
        total.update({one.value: count for one, count in part.classes.items()})
    assert {name: total[name] for name in CLASSES} == CLASSES
    assert sum(part.households for part in parts.values()) == 3_000 == HOUSEHOLDS
    assert sum(len(part.villages) for part in parts.values()) == 2_568
    assert len(parts) == 9
    everywhere = set(REGISTER) - {PremisesClass.HIGH_RISK}
    assert all(part.classes[one] > 0 for part in parts.values() for one in everywhere)


def test_one_county_has_its_part_of_each_class(small):
    (part,) = (one for county, one in quotas(villages(), 1.0).items() if county[:6] == "150502")

    held = small.rows("SELECT premises_class, count(*) FROM registry_premises GROUP BY 1")
    assert dict(held) == {one.value: count for one, count in part.classes.items()}
    (households,) = small.rows("SELECT count(*) FROM grids_household")[0]
    assert households == part.households


def test_every_village_has_one_grid_with_one_worker(small):
    walked = small.rows(
        "SELECT grid.region, count(DISTINCT grid.id), count(walk.id) FROM grids_grid grid"
        " JOIN grids_assignment walk ON walk.grid_id = grid.id AND walk.state = 'serving'"
        " JOIN accounts_post post ON post.id = walk.post_id"
        "  AND post.kind = 'grid_worker' AND post.region = grid.region"
        " GROUP BY grid.region"
    )

    wanted = [row["code"] for row in divisions() if row["level"] == "5" and row["code"] < "150503"]
    assert walked == [(code, 1, 1) for code in sorted(wanted)]


def test_every_household_agreed_and_its_telephone_is_nowhere_in_clear(small):
    rows = small.rows("SELECT phone, phone_hash, name, address, consented_on FROM grids_household")

    assert all(phone.startswith("1.") and len(phone) > 40 for phone, *_rest in rows)
    assert all(name.startswith("1.") and place.startswith("1.") for *_, name, place, _on in rows)
    assert len({digest for _phone, digest, *_rest in rows}) == len(rows)
    assert all(day for *_rest, day in rows)
    written = b"".join(path.read_bytes() for path in small.home.glob("fengsui.sqlite3*"))
    assert re.findall(rb"(?<![0-9a-f])154\d{8}(?![0-9a-f])", written) == []


def test_premises_stand_in_every_kind_of_place_and_some_share_a_building(small):
    inside = small.rows(
        "SELECT count(*), count(DISTINCT address), count(DISTINCT unit_id) FROM registry_premises"
        " WHERE building_id IS NOT NULL GROUP BY building_id"
    )
    named = small.rows("SELECT manager_id IS NULL, count(*) FROM registry_building GROUP BY 1")

    assert len(inside) > 40
    assert all(premises == units >= 3 and addresses == 1 for premises, addresses, units in inside)
    assert set(dict(named)) == {0, 1}
    assert len(small.rows("SELECT DISTINCT kind FROM registry_premises WHERE kind <> ''")) > 15


def test_the_register_has_the_faults_of_a_real_one(small):
    counted = dict(small.rows("SELECT kind, count(*) FROM ground_doubtful GROUP BY kind"))

    wanted = "no_place no_manager no_phone no_credit_code no_kind unjudged elsewhere twin".split()
    assert {kind for kind in wanted if not counted.get(kind)} == set()
    (total,) = small.rows("SELECT count(*) FROM registry_premises")[0]
    assert all(count < total / 5 for count in counted.values())


def test_credit_codes_are_well_formed_and_of_a_division_that_does_not_exist(small):
    codes = [code for (code,) in small.rows("SELECT credit_code FROM registry_premises") if code]

    assert [code for code in codes if credit_code_problem(code)] == []
    assert {code[2:8] for code in codes} == {"150599"}
    assert "150599000000" not in {row["code"] for row in divisions()}


def test_the_register_comes_in_by_the_importer_in_a_few_entries(small):
    bodies = [
        json.loads(body)
        for (body,) in small.rows("SELECT body FROM ledger_entry WHERE body LIKE '%\"many\"%'")
    ]
    imported: Counter[str] = Counter()
    for body in bodies:
        if body["way"] == "import":
            imported[body["what"]] += body["many"]["count"]

    (premises,) = small.rows("SELECT count(*) FROM registry_premises")[0]
    assert imported["premises.enter_premises"] == premises
    assert imported["grid.enter_grid"] == 487
    assert {body["who"]["kind"] for body in bodies if body["way"] == "import"} == {"supervisor"}
    (entries,) = small.rows("SELECT count(*) FROM ledger_entry")[0]
    assert entries < 1_500


def test_each_kind_of_person_has_an_account_that_is_printed(small):
    posts = {
        account["post"] for account in json.loads((small.home / "demo-accounts.json").read_text())
    }

    assert posts == {
        "detachment_leader", "legal_officer", "window_clerk", "system_admin", "security_admin",
        "audit_admin", "brigade_head", "supervisor", "grid_worker", "premises_manager",
    }  # fmt: skip
    assert "grid02.1" in small.said
    assert "网格员" in small.said


# What the search box of a supervisor of the city shows first, for each of two words.
_FOUND = """
import json, django
django.setup()
from fengsui.platform.accounts.models import Post
from fengsui.platform.accounts.queries import who_of
from fengsui.platform.search.queries import search
from fengsui.registry.actions import PREMISES_TYPE
who = who_of(Post.objects.get(user__username="officer02.1"))
found = {w: [p.name for p in search(who, w, PREMISES_TYPE, limit=10).records] for w in ("tlsyy", "医院")}
print(json.dumps(found))
"""


def test_a_supervisor_finds_the_hospital_by_its_initials_and_by_what_it_is(small):
    found = json.loads(python(small.home, "-c", _FOUND))

    assert found["tlsyy"] == ["通辽市医院"]
    assert "通辽市医院" in found["医院"]
    assert all("医院" in name for name in found["医院"])


def test_the_ledger_of_the_demonstration_holds(small):
    assert "全部相符" in fengsui(small.home, "ledger", "verify")


def test_the_small_scale_is_quick_and_another_home_gives_the_same_root(small, tmp_path):
    said, seconds = demo(tmp_path / "home", "small", "2026-03-13")

    assert root(said) == root(small.said)
    assert min(seconds, small.seconds) < 20
