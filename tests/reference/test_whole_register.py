"""The whole register of the scenario, played without its season and counted by SQL of the test's own."""

import csv
from datetime import date

import pytest
from django.db import connection

from fengsui.commands.demonstration import REGIONS
from fengsui.commands.regions import load as load_regions
from fengsui.reference.play import play
from fengsui.reference.player import Player
from fengsui.reference.scale import Scale

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_the_register_has_the_scenarios_numbers():
    load_regions(REGIONS)
    play(Player(1, date(2026, 3, 13), days=1), Scale(9, 2, 0.0), lambda done, total, words: None)

    classes = dict(rows("SELECT premises_class, count(*) FROM registry_premises GROUP BY 1"))
    assert classes["key"] + classes["high_risk"] == 500
    assert (classes["ordinary"], classes["small"]) == (2_000, 9_000)
    assert rows("SELECT count(*) FROM grids_household WHERE consented_on IS NOT NULL") == [(3_000,)]
    assert rows("SELECT count(*) FROM grids_household WHERE phone NOT LIKE '1.%'") == [(0,)]
    with REGIONS.open(encoding="utf-8") as lines:
        villages = sorted(row["code"] for row in csv.DictReader(lines) if row["level"] == "5")
    assert len(villages) == 2_568
    assert villages == [
        region for (region,) in rows("SELECT region FROM grids_grid ORDER BY region")
    ]
    walked = "SELECT post.region FROM grids_assignment walk JOIN accounts_post post ON post.id = walk.post_id JOIN grids_grid grid ON grid.id = walk.grid_id AND grid.region = post.region WHERE walk.state = 'serving' AND post.kind = 'grid_worker' ORDER BY 1"
    assert villages == [region for (region,) in rows(walked)]
    supervised = rows(
        "SELECT brigade_id, min(substr(region, 1, 6)), max(substr(region, 1, 6)), count(latitude) FROM registry_premises GROUP BY 1"
    )
    assert len(supervised) == 9
    assert all(first == last and placed > 0 for _brigade, first, last, placed in supervised)
    assert "150571" in {first for _brigade, first, _last, _placed in supervised}
