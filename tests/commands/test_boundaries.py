"""Outlines are loaded wholly, or a sentence says which one is wrong and nothing is loaded."""

import json

import pytest

from fengsui.commands.boundaries import load
from fengsui.kernel.refusal import Refusal
from fengsui.platform.regions.models import Boundary
from fengsui.platform.words import answer
from tests import make
from tests.insight.ground import ground

pytestmark = pytest.mark.django_db
RING = [[122, 43], [123, 43], [123, 44], [122, 43]]


def feature(code="150502", kind="Polygon", coordinates=None):
    geometry = {"type": kind, "coordinates": [RING] if coordinates is None else coordinates}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def written(tmp_path, *features):
    path = tmp_path / "outlines.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_the_shipped_outlines_are_eight_counties_of_tongliao():
    ground.outlines()

    assert sorted(Boundary.objects.values_list("code", flat=True)) == [
        f"{code}000000"
        for code in "150502 150521 150522 150523 150524 150525 150526 150581".split()
    ]


def test_loading_again_exchanges_an_outline(tmp_path):
    make.region("150502000000", level=3)
    load(written(tmp_path, feature()), "旧")

    load(written(tmp_path, feature(kind="MultiPolygon", coordinates=[[RING]])), "新")

    (row,) = Boundary.objects.all()
    assert (row.source, row.geometry["type"]) == ("新", "MultiPolygon")


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (feature("150599"), "第 2 个要素：区划 150599000000 不在区划表里"),
        (feature("15050"), "第 2 个要素：属性 code、adcode、region 里没有区划代码"),
        (feature(), "第 2 个要素：区划 150502000000 与前面的重复"),
        (feature("150523", "Point", [122, 43]), "第 2 个要素：图形应当是 Polygon 或 MultiPolygon"),
        (feature("150523", coordinates=[RING[:-1]]), "第 2 个要素：图形的环应当首尾相接"),
        (
            feature("150523", coordinates=[[[43, 122], *RING[1:3], [43, 122]]]),
            "第 2 个要素：图形的环应当",
        ),
        ({"type": "Feature"}, "第 2 个要素：没有属性"),
    ],
)
def test_one_wrong_outline_leaves_all_out(tmp_path, second, said):
    make.region("150502000000", level=3)

    with pytest.raises(Refusal) as no:
        load(written(tmp_path, feature(), second), "x")

    assert said in answer(no.value).text
    assert not Boundary.objects.exists()


@pytest.mark.parametrize(
    "text", ["not json", "[]", '{"type": "FeatureCollection", "features": []}']
)
def test_what_is_no_geojson_is_said_to_be_none(tmp_path, text):
    path = tmp_path / "x.geojson"
    path.write_text(text)

    with pytest.raises(Refusal) as no:
        load(path, "x")

    assert no.value.code == "boundaries-invalid"
