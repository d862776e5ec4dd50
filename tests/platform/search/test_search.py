"""Finding records by what people type, within what they may see."""

import pytest

from fengsui.platform.accounts.actions import POSTS
from fengsui.platform.actions import perform
from fengsui.platform.documents.actions import DOCUMENTS
from fengsui.platform.documents.models import Document
from fengsui.platform.search.models import Entry
from fengsui.platform.search.queries import search
from fengsui.platform.search.store import keep
from fengsui.platform.who import PostKind
from fengsui.registry.actions import (
    PREMISES_TYPE,
    Amendment,
    Facts,
    amend_premises,
    register_premises,
)
from fengsui.registry.models import Premises
from fengsui.supervision.actions.hazard import HAZARDS
from fengsui.supervision.actions.planning import INSPECTIONS
from tests import make
from tests.supervision import loop

HORQIN, KAILU = "150502000000", "150523000000"


@pytest.fixture
def officer(db):
    make.region()
    return make.who(organisation=make.organisation(name="科尔沁大队", region=HORQIN))


def facts(form=Facts, **over):
    fields = {
        "name": "通辽市医院",
        "region": "150502001000",
        "address": "建国路 118 号",
        "kind": "医院",
        "beds": 60,
        "not_duplicate": True,
        "responsible_name": "赵国庆",
        "responsible_phone": "13800001234",
    }
    return form(**(fields | over))


def registered(officer, **over):
    done = perform(register_premises, None, make.call(officer), facts(**over))
    return Premises.objects.get(id=done.made)


def found(who, text, of=PREMISES_TYPE, **over):
    return [of.label(record) for record in search(who, text, of, **over).records]


@pytest.mark.parametrize(
    "typed",
    [
        *("tlsyy", "tongliao", "tongli", "yiyuan", "TLSYY", "tlsyiyuan", "t", "yy"),
        *("医院", "医", "通辽", "通辽市医院", "ｔｌｓｙｙ"),
        *("tl医院", "通辽 yy", "医院 通辽", "建国路", "医院 118", "通辽市（医院）"),
    ],
)
def test_a_hospital_is_found_by(officer, typed):
    registered(officer)

    assert found(officer, typed) == ["通辽市医院"]


@pytest.mark.parametrize(
    "typed", ["学校", "辽通", "tlsxx", "tonglian", "医院 学校", "119", "", "'"]
)
def test_a_hospital_is_not_found_by(officer, typed):
    registered(officer)

    assert found(officer, typed) == []


def test_a_name_with_two_readings_is_found_by_both(officer):
    registered(officer, name="长乐银行")

    assert [found(officer, typed) for typed in ("clyh", "zlyx", "changle", "yinhang")] == [
        ["长乐银行"]
    ] * 4


def test_letters_in_a_name_are_found_as_letters(officer):
    registered(officer, name="KFC 餐厅明仁店")

    assert found(officer, "kf") == found(officer, "KFC餐厅") == ["KFC 餐厅明仁店"]


def test_the_exact_name_comes_first_then_names_that_begin_so_then_the_newest(officer):
    names = ["红星医院", "医院", "医院东门诊部", "新城医院"]
    for name in names:
        registered(officer, name=name)

    assert found(officer, "医院") == ["医院", "医院东门诊部", "新城医院", "红星医院"]


def test_pages_follow_each_other_without_gap_or_repeat(officer):
    for n in range(7):
        registered(officer, name=f"第{n}医院" if n % 2 else f"医院{n}部")

    page = search(officer, "医院", PREMISES_TYPE, limit=2)
    whole = list(page.records)
    while page.after:
        page = search(officer, "医院", PREMISES_TYPE, page.after, limit=2)
        whole += page.records

    assert [str(record) for record in whole] == found(officer, "医院")
    assert len(whole) == len(set(whole)) == 7


@pytest.mark.parametrize("after", ["x", "9.9", "-1.2", "1.²", "0." + "9" * 40, "1"])
def test_a_place_that_is_none_begins_at_the_beginning(officer, after):
    registered(officer)

    assert found(officer, "医院", after=after) == ["通辽市医院"]


def test_an_officer_of_another_county_finds_nothing_of_it(officer):
    registered(officer)
    elsewhere = make.who(organisation=make.organisation(region=KAILU))

    assert found(elsewhere, "通辽市医院") == []


def test_a_manager_finds_his_own_unit_only(officer):
    own = registered(officer)
    registered(officer, name="通辽市第二医院")
    manager = make.who(PostKind.PREMISES_MANAGER, organisation=own.unit)

    assert found(manager, "医院") == ["通辽市医院"]


@pytest.mark.parametrize("kind", [PostKind.SYSTEM_ADMIN, PostKind.AUDIT_ADMIN])
def test_an_administrator_finds_no_premises(officer, kind):
    registered(officer)

    assert found(make.who(kind), "医院") == []


def test_a_new_name_is_found_at_once_and_the_old_one_no_longer(officer):
    record = registered(officer)

    perform(amend_premises, record, make.call(officer), facts(Amendment, name="通辽市疗养中心"))

    assert found(officer, "疗养") == ["通辽市疗养中心"]
    assert found(officer, "医院") == []


def test_a_change_of_nothing_that_finds_it_leaves_the_entry_alone(officer):
    record = registered(officer)
    Entry.objects.update(tokens="#premises untouched")

    perform(amend_premises, record, make.call(officer), facts(Amendment, floors=3))

    assert Entry.objects.get(record_id=record.id).tokens == "#premises untouched"


def test_a_phone_finds_its_premises_for_those_who_may_look_at_it(officer):
    registered(officer)
    grid = make.who(PostKind.GRID_WORKER, organisation=make.organisation(region=HORQIN))

    assert found(officer, "13800001234") == found(officer, "+86 138-0000-1234") == ["通辽市医院"]
    assert found(officer, "1380000123") == found(grid, "13800001234") == []


def test_the_index_holds_no_phone(officer):
    registered(officer)

    tokens = "".join(Entry.objects.values_list("tokens", flat=True))
    assert "1380000" not in tokens


def test_a_refused_action_leaves_no_entry(officer):
    with pytest.raises(Exception, match="unknown-region"):
        registered(officer, region="150502999000")

    assert Entry.objects.filter(kind="premises").count() == 0


def test_visits_hazards_and_papers_are_found_by_number_title_and_premises(db):
    team = make.Team()
    hazard = loop.ordered(team)
    order = Document.objects.filter(about_id=hazard.id).get()

    assert found(team.lead, hazard.number, HAZARDS) == [hazard.number]
    assert found(team.lead, "yunling", HAZARDS) == [hazard.number]
    assert found(team.lead, "云岭", INSPECTIONS) == [hazard.inspection.number]
    for typed in (order.number, f"{order.sequence:04d}", "科区消限", str(order.year)):
        assert order.number in found(team.lead, typed, DOCUMENTS)


def test_a_manager_finds_the_papers_of_his_unit_and_nobody_elses(db):
    team = make.Team()
    order = Document.objects.filter(about_id=loop.served(team).id).get()
    other = make.who(PostKind.PREMISES_MANAGER, organisation=make.organisation(kind="unit"))

    assert order.number in found(team.manager, order.number, DOCUMENTS)
    assert found(other, order.number, DOCUMENTS) == []


def test_people_are_found_by_name_and_organisation_in_ones_region(officer):
    post = make.post(
        user=make.user(name="乌力吉", username="wuliji"),
        organisation=make.organisation(name="开鲁大队", region="150502001000"),
    )
    keep([post])

    assert found(officer, "wlj", POSTS) == found(officer, "开鲁大队", POSTS) == [str(post)]


def test_a_question_is_one_query_and_the_page_another(officer, django_assert_num_queries):
    registered(officer)

    with django_assert_num_queries(2):
        found(officer, "医院")


@pytest.mark.django_db(transaction=True)
def test_emptying_the_table_empties_the_index():
    make.region()
    officer = make.who(organisation=make.organisation(region=HORQIN))
    registered(officer)
    Entry.objects.all().delete()

    registered(officer, name="第二学校")

    assert found(officer, "医院") == []
    assert found(officer, "学校") == ["第二学校"]
