"""A register on the map: premises entered through the actions, counted by the follower."""

import json
from datetime import UTC, datetime
from pathlib import Path

import fengsui.reference
from fengsui.commands.boundaries import load
from fengsui.insight.ground import store
from fengsui.insight.ground.grid import Box
from fengsui.kernel.ids import new_id
from fengsui.platform.actions import perform
from fengsui.platform.ledger.store import seal
from fengsui.registry.actions import Amendment, Facts, amend_premises, register_premises
from fengsui.registry.models import Premises
from tests import make

OUTLINES = Path(fengsui.reference.__file__).parent / "data" / "boundaries.geojson"
PREFECTURE = Box(118.0, 42.0, 124.0, 46.0)
CITY = (43.6526, 122.2434)  # in Horqin district, by the outlines


def outlines():
    for feature in json.loads(OUTLINES.read_text())["features"]:
        code = feature["properties"]["adcode"]
        make.region(f"{code}000000", name=feature["properties"]["name"], level=3, parent="")
    load(OUTLINES, "test")


def facts(**over):
    make.region(over.get("region", "150502001000"))
    said = {
        "name": f"云岭商务酒店{make.number()}",
        "region": "150502001000",
        "address": "建国路 118 号",
        "kind": "商场",
        "area_m2": 1000,  # from there on a key unit (PREMISES-KINDS)
        "credit_code": "91350100M000100Y43",  # the example of GB 32100-2015
        "usage": "商场",
        "not_duplicate": True,
        "latitude": CITY[0],
        "longitude": CITY[1],
        "responsible_name": "赵国庆",
        "responsible_phone": "13800000000",
        "manager_name": "李红",
    }
    return Facts(**(said | over))


def registered(who, **over) -> Premises:
    done = perform(register_premises, None, make.call(who), facts(**over))
    return Premises.objects.get(id=done.made)


def amended(who, premises, **over) -> None:
    said = {"name": premises.name} | over
    perform(amend_premises, premises, make.call(who), Amendment(**facts(**said).model_dump()))


def counted() -> None:
    """Seal what happened and let the follower read it."""
    seal(datetime.now(UTC))
    while store.follow():
        pass


def bulk(brigade, many, at=lambda n: CITY):
    """Premises as rows, past the actions: only for sizes that actions would take minutes for."""
    unit = make.organisation(kind="unit", region="150502001000")
    rows = []
    for n in range(many):
        latitude, longitude = at(n)
        rows.append(
            Premises(
                name=f"店{n}", region="150502001000", address=f"街{n}", unit=unit, brigade=brigade,
                premises_class=("small", "ordinary", "key")[n % 3], responsible_name="赵",
                latitude=latitude, longitude=longitude, usage="商场", kind="商场",
                state="registered", moved_at=make.NOON, entry_id=new_id(),
            )
        )  # fmt: skip
    Premises.objects.bulk_create(rows, batch_size=2000)
    return [row.id for row in rows]
