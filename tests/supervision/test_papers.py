"""The papers as a reader has them: each field of law.md 9.2 and 9.3, on the page, in order."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from fengsui.platform.accounts.models import Organisation
from fengsui.platform.documents import rendering, typeset
from fengsui.platform.documents.kinds import kind_named
from fengsui.platform.documents.models import Document
from fengsui.supervision.lifecycle import Disposal
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    team = make.Team()
    Organisation.objects.filter(id=team.brigade.id).update(
        name="科尔沁区消防救援大队", address="通辽市科尔沁区建国路 9 号", phone="0475-8230119"
    )
    for post, name, number in (
        (team.lead_post, "乌云·其其格", "蒙消150001"),
        (team.second_post, "白音那", "蒙消150002"),
    ):
        type(post.user).objects.filter(id=post.user_id).update(name=name)
        post.user.certificates.update(number=number)
    type(team.premises).objects.filter(id=team.premises.id).update(
        name="牤牛河商务酒店",
        credit_code="91150502MA0N0000X0",
        area_m2=1200,
        floors=5,
        usage="宾馆",
        manager_name="宝力道",
    )
    return team


def paper(kind):
    return Document.objects.filter(kind=kind).latest("id")


def pages(pdf):
    """The words of each page without blanks and line ends."""
    return [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def read(document):
    return "".join(pages(rendering.pdf(document)))


def drawn(document, **over):
    """The pages of a paper whose data is changed in places."""
    data = rendering.page_data(document) | over
    return pages(typeset.render(kind_named(document.kind).template, data))


def assert_in_order(text, wanted):
    place = 0
    for words in wanted:
        found = text.find(words, place)
        assert found >= 0, f"{words!r} is not where it should be in {text}"
        place = found + len(words)


PARTY = (
    "当事人", "牤牛河商务酒店",
    "统一社会信用代码", "91150502MA0N0000X0", "责任人", "赵国庆",
    "地址", "建国路118号",
    "联系电话", "138****0000", "检查编号", "JC-20260302-0001",
)  # fmt: skip
FOUND = (
    "牤牛河商务酒店：",
    "我大队于2026年3月2日12时00分派员对你单位（建国路118号）进行消防监督检查",
    "1.二层东侧疏散通道：堆放布草箱，净宽不足",
    "违反：《中华人民共和国消防法》第十六条第一款第四项、第二十八条、",
    "《机关、团体、企业、事业单位消防安全管理规定》第二十一条",
)
CLOSING = (
    "联系人：乌云·其其格，电话：0475-8230119，地址：通辽市科尔沁区建国路9号。",
    "对本通知书不服的，可以自知道之日起60日内依法申请行政复议，或者在6个月内依法提起行政诉讼。",
    "消防监督检查人员：",
    "乌云·其其格（执法证号蒙消150001）",
    "白音那（执法证号蒙消150002）",
)
RECEIPT = (
    "送达方式",
    "直接",
    "留置",
    "邮寄",
    "委托",
    "公告",
    "受送达人签收",
    "拒收事由",
    "见证人",
    "送达人",
)


def test_an_order_with_a_term_has_every_field_of_the_law(team):
    loop.ordered(team)
    text = read(paper("rectification-order"))

    ordered = (
        "根据《中华人民共和国消防法》第五十三条第一款、第五十四条、《消防监督检查规定》第十九条、第二十条的规定，",
        "现责令你单位于2026年3月17日前改正。",
        "改正期限自2026年3月2日起至2026年3月17日止，共15日；",
        "确定期限的理由：需要采购并更换逃生门锁。",
        "改正期间应当采取的防范措施：／。",
        "附件：／",
    )
    head = ("科尔沁区消防救援大队", "责令限期改正通知书", "科区消限字〔2026〕第0001号")
    assert_in_order(text, (*head, *PARTY, *FOUND, *ordered, *CLOSING))
    assert_in_order(text, ("科尔沁区消防救援大队（印章）2026年3月2日", *RECEIPT))
    assert "归档类别：监督检查" in text
    assert "第1页共1页" in text


def test_an_immediate_order_has_no_term_and_asks_when_it_was_put_right(team):
    loop.ordered(team, disposal=Disposal.IMMEDIATE)
    text = read(paper("immediate-order"))

    ordered = (
        "根据《中华人民共和国消防法》第五十三条第一款、第五十四条、《消防监督检查规定》第十九条的规定，",
        "现责令你单位立即改正。改正情况：", "当场改正", "未改正",
    )  # fmt: skip
    assert_in_order(text, (*PARTY, *FOUND, *ordered, *CLOSING))
    assert "改正期限" not in text


def test_the_record_has_every_field_of_the_law(team):
    loop.found(team)
    text = read(paper("inspection-record"))

    assert_in_order(
        text,
        (
            "消防监督检查记录", "科区消监查字〔2026〕第0001号",
            "检查形式", "监督抽查", "复查", "其他", "检查编号", "JC-20260302-0001",
            "被检查单位", "牤牛河商务酒店", "91150502MA0N0000X0", "建国路118号",
            "消防安全责任人", "赵国庆", "管理人", "宝力道", "联系电话", "138****0000",
            "单位性质", "重点单位", "公众聚集场所",
            "面积1200㎡", "层数5层", "高度／", "用途宾馆",
            "检查时间", "2026年3月2日12时00分至2026年3月2日12时00分",
            "乌云·其其格（执法证号蒙消150001）、白音那（执法证号蒙消150002）",
            "陪同人员", "刘海燕", "检查依据《消防监督检查规定》第十四条。",
            "检查项目", "C01", "合格", "C04", "不合格", "C16",
            "检查情况", "1.二层东侧疏散通道：堆放布草箱，净宽不足", "处理：责令限期改正",
            "被检查单位意见：无异议", "检查人员签名", "刘海燕已签名确认",
        ),
    )  # fmt: skip


def test_the_record_of_a_second_visit_names_the_order_it_looks_after(team):
    served = loop.served(team)
    loop.reinspected(team, served, True, make.NOON + timedelta(days=3))

    text = read(paper("inspection-record"))

    assert (
        "对《责令限期改正通知书》（科区消限字〔2026〕第0001号）责令改正的"
        "“二层东侧疏散通道：堆放布草箱，净宽不足”进行复查：已改正。现场查看通道"
    ) in text
    assert "检查项目" not in text


def test_a_refused_signature_stands_with_its_witness(team):
    loop.found(team)
    document = paper("inspection-record")

    text = "".join(drawn(document, signature="refused", witness="额尔敦"))

    assert "拒绝签名，见证人：额尔敦" in text
    assert "已签名确认" not in text


def test_forty_long_findings_run_over_pages_that_all_say_what_they_are(team):
    loop.ordered(team)
    document = paper("rectification-order")
    finding = document.data["findings"][0]
    long = [finding | {"text": "违" * 400, "place": f"第{n}处"} for n in range(1, 41)]

    found = drawn(document, findings=long)

    assert len(found) > 10
    assert all(
        page.startswith("科尔沁区消防救援大队责令限期改正通知书（续页）科区消限字〔2026〕第0001号")
        for page in found[1:]
    )
    assert all(f"第{n}页共{len(found)}页" in page for n, page in enumerate(found, start=1))
    assert sum(page.count("违") for page in found) >= 40 * 400
    assert all(f"{n}.第{n}处：" in "".join(found) for n in range(1, 41))


@pytest.mark.parametrize("findings", range(1, 16))
def test_a_seal_never_stands_alone_on_a_page(team, findings):
    loop.ordered(team)
    document = paper("rectification-order")

    found = drawn(document, findings=document.data["findings"] * findings)

    sealed = next(page for page in found if "（印章）" in page)
    assert "对本通知书不服的" in sealed


def test_a_telephone_number_is_on_no_paper_in_clear(team):
    loop.ordered(team)

    for document in Document.objects.all():
        assert "13800000000" not in str(document.data)
        assert "13800000000" not in read(document)
