"""The class of a place at, under and over each threshold of law.md 6 (以上 includes the number)."""

from datetime import date

import pytest

from fengsui.commands.judging import standards
from fengsui.kernel.refusal import Refusal
from fengsui.registry.rules import credit_code_problem, judge

ON = date(2022, 6, 1)
TONGLIAO = "150502001000"

# kind, facts, class. The higher class wins where two meet at one number (law.md 0.2, 9).
TABLE = """
商场 area_m2=299 small                    | 商场 area_m2=300 ordinary
商场 area_m2=999 ordinary                 | 商场 area_m2=1000 key
商场 area_m2=10000,floor=1 key            | 商场 area_m2=3001,floor=-1 high_risk     | 商场 area_m2=10001,floor_area_m2=10000,underground=0 key
商场 area_m2=10001,floor_area_m2=10001,underground=0 high_risk
商场 area_m2=50000,floor_area_m2=9000,underground=0 key
商场 area_m2=50001,floor_area_m2=9000,underground=0 high_risk
商场 area_m2=3001,underground=1 high_risk | 商场 area_m2=3000,underground=1 key
宾馆 rooms=49,beds=49 small               | 宾馆 rooms=49,beds=50 ordinary
宾馆 rooms=50 key                         | 体育馆 area_m2=20000,people=9999 key
体育馆 area_m2=20001 high_risk            | 体育馆 area_m2=100,people=10000 high_risk
会堂 area_m2=100 key                      | KTV area_m2=199,floor=3 small
KTV area_m2=199,floor=4 ordinary          | KTV area_m2=199,floor=-1 ordinary
KTV area_m2=200,floor=1 key               | 医院 beds=29 small
医院 beds=30 ordinary                     | 医院 beds=49 ordinary
医院 beds=50 key                          | 养老院 beds=50 key
寄宿学校 beds=49 small                    | 寄宿学校 beds=50 ordinary
寄宿学校 beds=99 ordinary                 | 寄宿学校 beds=100 key
寄宿托幼 beds=49 small                    | 寄宿托幼 beds=50 key
学校 students=499 small                   | 学校 students=500 ordinary
幼儿园 students=99 small                  | 幼儿园 students=100 ordinary
客运车站 area_m2=499,people=10 ordinary   | 客运车站 area_m2=500,people=10 key
客运车站 area_m2=10001 high_risk          | 客运车站 area_m2=600,people=5000 high_risk
图书馆 area_m2=1999 ordinary              | 图书馆 area_m2=2000 key
博物馆 area_m2=20001 high_risk            | 民用机场 area_m2=900,people=100 key
餐饮 seats=99 small                       | 餐饮 seats=100 ordinary
足疗 area_m2=199 small                    | 足疗 area_m2=200 ordinary
卫生院 - small                            | 法院 - key
服装厂 employees=49,dormitory_people=0 small | 服装厂 employees=50,dormitory_people=29 small
服装厂 employees=50,dormitory_people=30 ordinary | 服装厂 employees=100 key
粮库 storage_t=9999 ordinary              | 粮库 storage_t=10000 key
棉库 storage_t=500 key                    | 木材堆场 volume_m3=10000 key
仓库 goods_value_yuan=9999999 ordinary    | 仓库 goods_value_yuan=10000000 key
加油站 - key                              | 办公 area_m2=99999 ordinary
"""
CASES = [row.split() for row in TABLE.replace("\n", "|").split("|") if row.strip()]


def facts_of(text):
    if text == "-":
        return {}
    pairs = [pair.split("=") for pair in text.split(",")]
    return {
        name: bool(int(value)) if name == "underground" else int(value) for name, value in pairs
    }


@pytest.mark.parametrize(("kind", "facts", "expected"), CASES)
def test_a_place_is_of_the_class_its_numbers_reach(kind, facts, expected):
    assert judge(kind, facts_of(facts), standards(ON, TONGLIAO)).premises_class == expected


@pytest.mark.parametrize(
    ("kind", "facts", "asked"),
    [
        ("商场", {}, ["floor_area_m2", "area_m2", "underground"]),
        ("商场", {"area_m2": 3001}, ["underground"]),
        ("宾馆", {"beds": 10}, ["rooms"]),
        ("宾馆", {"rooms": 10}, ["beds"]),
        ("体育馆", {"area_m2": 100}, ["people"]),
    ],
)
def test_what_is_not_known_is_asked_for(kind, facts, asked):
    with pytest.raises(Refusal) as no:
        judge(kind, facts, standards(ON, TONGLIAO))

    assert (no.value.code, no.value.facts["fields"]) == ("facts-missing", asked)


@pytest.mark.parametrize(
    ("kind", "assembly", "crowded"),
    [("商场", True, True), ("医院", False, True), ("仓库", False, False), ("超市", True, True)],
)
def test_the_nested_flags_follow_article_73(kind, assembly, crowded):
    facts = {"area_m2": 250, "beds": 60, "goods_value_yuan": 1, "underground": False}

    judged = judge(kind, facts, standards(ON, TONGLIAO))

    assert (judged.public_assembly, judged.crowded) == (assembly, crowded)


def test_the_ten_categories_hold_from_the_last_day_of_2025_in_inner_mongolia():
    small = {
        day: judge("诊所", {"beds": 5}, standards(day, TONGLIAO))
        for day in (date(2025, 12, 30), date(2025, 12, 31))
    }

    assert [judged.category for judged in small.values()] == ["小医疗", "小医养"]
    assert small[date(2025, 12, 30)].because[0].source.endswith("小医疗")
    assert small[date(2025, 12, 31)].because[0].source.endswith("小医养")
    assert small[date(2025, 12, 31)].because[0].tag == "K"


def test_only_a_small_premises_has_a_category():
    assert judge("餐饮", {"seats": 99}, standards(ON, TONGLIAO)).category == "小餐饮"
    assert judge("餐饮", {"seats": 100}, standards(ON, TONGLIAO)).category == ""
    assert judge("法院", {}, standards(ON, TONGLIAO)).category == ""


@pytest.mark.parametrize("value", ["很大", -1, "NaN", [1]])
def test_a_value_that_is_no_number_is_named(value):
    with pytest.raises(Refusal) as no:
        judge("商场", {"area_m2": value}, standards(ON, TONGLIAO))

    assert (no.value.code, no.value.facts["field"]) == ("fact-invalid", "area_m2")


# The example of GB 32100-2015, and the same with each sign of its body changed.
EXAMPLE = "91350100M000100Y43"


def test_the_standards_own_code_is_right():
    assert credit_code_problem(EXAMPLE) == ""


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_sign_is_found(place):
    other = "2" if EXAMPLE[place] != "2" else "5"
    assert credit_code_problem(EXAMPLE[:place] + other + EXAMPLE[place + 1 :]) != ""


@pytest.mark.parametrize(
    "code", ["", "91350100M000100Y4", "91350100m000100y43", "9135010OM000100Y43"]
)
def test_what_cannot_be_a_code_is_said(code):
    assert "18 位" in credit_code_problem(code)
