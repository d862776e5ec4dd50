"""Statutes: all articles there, citations read, and an honest word where the text is not held."""

from datetime import date

import pytest

from fengsui.kernel import citations
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.statutes import article, articles, formal, open_citation, parse_citation

FIRE = "中华人民共和国消防法"

# Counted with grep '^第…条' in the source texts; the last article names the day it came into force.
COUNTS = [
    ("消防法", 74),
    ("行政处罚法", 86),
    ("行政强制法", 71),
    ("行政许可法", 83),
    ("行政复议法", 90),
    ("行政诉讼法", 103),
    ("安全生产法", 119),
    ("个人信息保护法", 74),
    ("优化营商环境条例", 72),
    ("政府信息公开条例", 56),
    ("大型群众性活动安全管理条例", 26),
    ("生产安全事故报告和调查处理条例", 46),
]


@pytest.mark.parametrize(("law", "count"), COUNTS)
def test_a_statute_has_all_its_articles_in_order(law, count):
    found = articles(law)

    assert [each.number for each in found] == list(range(1, count + 1))
    assert all(each.text for each in found)
    assert found[0].chapter.startswith("第一章")
    assert "LawRefBook" in found[0].provenance


def test_an_article_has_its_heading_paragraphs_and_items():
    sixty = article("消防法", 60)

    assert (sixty.heading, sixty.chapter) == ("第六十条", "第六章 法律责任")
    assert sixty.text.startswith("单位违反本法规定，有下列行为之一的，责令改正，处五千元以上五万元")
    assert (len(sixty.paragraphs), len(sixty.items)) == (3, 7)
    assert sixty.items[2].startswith("（三）占用、堵塞、封闭疏散通道、安全出口")
    assert sixty.paragraphs[1].text.startswith("个人有前款第二项")


def test_a_paragraph_may_follow_items():
    fifty_eight = article("消防法", 58)

    assert fifty_eight.paragraphs[1].text.startswith("核查发现公众聚集场所使用、营业情况")
    assert fifty_eight.paragraphs[1].items == ()


def test_the_version_of_the_date_is_found_and_an_older_one_is_refused():
    assert article("行政复议法", 20, date(2024, 1, 1)).in_force == date(2024, 1, 1)

    with pytest.raises(Refusal) as caught:
        article("行政复议法", 20, date(2023, 12, 31))

    assert caught.value.code == "statute-version-missing"
    assert caught.value.facts["have"] == ("2024-01-01",)


@pytest.mark.parametrize(
    ("law", "number", "code"),
    [
        ("消防法", 75, "unknown-article"),
        ("渔业法", 1, "unknown-law"),
        ("61号令", 25, "statute-text-missing"),
    ],
)
def test_what_is_not_held_is_refused(law, number, code):
    with pytest.raises(Refusal, match=code):
        article(law, number)


CITED = [
    ("消防法 §60(1)(一)", [("消防法", 60, 1, 1)]),
    ("消防法60", [("消防法", 60, None, None)]),
    (
        "消防法17(2)(3); 61号令25",
        [("消防法", 17, 2, 3), ("机关、团体、企业、事业单位消防安全管理规定", 25, None, None)],
    ),
    ("《消防法》第二十八条", [("消防法", 28, None, None)]),
    ("《中华人民共和国消防法》第六十条第一款第三项", [("消防法", 60, 1, 3)]),
    ("消防法 第六十条第一款第（三）项", [("消防法", 60, 1, 3)]),
    ("消防法 §13、§15; 规定 §10", [("消防法", 13), ("消防法", 15), ("消防监督检查规定", 10)]),
    ("消防法65-67", [("消防法", 65), ("消防法", 66), ("消防法", 67)]),
    ("消防法15(3)", [("消防法", 15, 3, None)]),
    ("行政处罚法57(2)", [("行政处罚法", 57, 2, None)]),
    ("87号 §6(四)", [("消防安全责任制实施办法", 6, None, 4)]),
    ("国办发〔2017〕87号", [("消防安全责任制实施办法",)]),
    ("消防监督检查规定 §20", [("消防监督检查规定", 20)]),
    ("规定第二十条", [("消防监督检查规定", 20)]),
    (
        "《机关、团体、企业、事业单位消防安全管理规定》第二十五条",
        [("机关、团体、企业、事业单位消防安全管理规定", 25)],
    ),
    ("民法典 第一千二百五十九条", [("民法典", 1259)]),
]


@pytest.mark.parametrize(("text", "expected"), CITED)
def test_a_citation_is_read_in_every_usual_form(text, expected):
    found = [
        (each.law.removeprefix("中华人民共和国"), each.article, each.paragraph, each.item)
        for each in parse_citation(text)
    ]

    assert found == [(*row, None, None, None)[:4] for row in expected]


def test_a_clause_of_a_standard_is_kept_as_written():
    (found,) = parse_citation("GB 35181-2017 7.3.1")

    assert (found.law, found.clause, found.text_available) == (
        "重大火灾隐患判定方法",
        "7.3.1",
        False,
    )


@pytest.mark.parametrize(
    "text", ["", "渔业法 §3", "§60", "消防法 §六七八x", "消防法 §67-65", "消防法 §60(甲)"]
)
def test_what_cannot_be_read_is_refused_with_its_part(text):
    with pytest.raises(Refusal) as caught:
        parse_citation(text)

    assert caught.value.code == "unknown-citation"
    assert caught.value.facts["text"] == text


def test_a_citation_with_text_opens_the_words_it_points_at():
    reading = open_citation(parse_citation("消防法 §60(1)(三)")[0], date(2026, 3, 2))

    assert (reading.full, reading.heading, reading.tag) == (True, "第六十条", "VL")
    assert reading.quoted.startswith("（三）占用、堵塞、封闭疏散通道")
    assert reading.text.startswith("单位违反本法规定")
    assert "2021-04-29" in reading.note


def test_a_citation_on_a_day_before_the_held_version_says_so():
    reading = open_citation(parse_citation("行政复议法 §20")[0], date(2022, 6, 1))

    assert "2022-06-01 适用的文本未收录" in reading.note


def test_a_citation_without_text_says_plainly_what_is_known_and_how_well():
    known = open_citation(parse_citation("规定 §20")[0])
    doubtful = open_citation(parse_citation("规定 §25")[0])
    nothing = open_citation(parse_citation("规定 §40")[0])

    assert not known.full
    assert known.heading == "第二十条"
    assert known.text.startswith("全文未收录；已知内容（转述，证据等级 VP）：")
    assert "三个工作日内复查" in known.text
    assert doubtful.tag == "K"
    assert "本条内容未收录" in nothing.text


def test_a_citation_of_a_paragraph_that_does_not_exist_is_refused():
    with pytest.raises(Refusal, match="unknown-article"):
        open_citation(parse_citation("消防法 §60(1)(九)")[0])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百零三", 103),
        ("一百一十", 110),
        ("一百一十九", 119),
        ("一千零一", 1001),
        ("一千二百五十九", 1259),
    ],
)
def test_chinese_numerals_are_read_and_written(text, value):
    assert (citations.number(text), citations.numeral(value)) == (value, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("消防法 §16(1)(四)", "《中华人民共和国消防法》第十六条第一款第四项"),
        (
            "消防法 §28、规定 §8-9",
            "《中华人民共和国消防法》第二十八条、《消防监督检查规定》第八条、第九条",
        ),
        ("GB 25506", "《消防控制室通用技术要求》"),
        ("本系统默认", "本系统默认"),
    ],
)
def test_a_citation_is_written_as_official_papers_write_it(text, said):
    assert formal(text) == said
