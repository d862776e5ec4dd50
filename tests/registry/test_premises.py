"""A premises in full: its class follows from its facts, is explained, and is judged again."""

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import open_to, perform, perform_many
from fengsui.platform.calls import Nothing
from fengsui.platform.who import PostKind
from fengsui.platform.worklist.models import Task
from fengsui.registry import actions
from fengsui.registry.access import declarations_for, premises_for
from fengsui.registry.models import Building, ClaimCode, KeyDeclaration, Premises
from fengsui.registry.queries import parts_of, persons_of, whole
from fengsui.registry.sweep import Rejudging
from fengsui.supervision.queries import hazards_at
from tests import make
from tests.supervision import loop
from tests.unwritten import tables

pytestmark = pytest.mark.django_db


def facts(**over):
    fields = {
        "name": "顺达商场",
        "region": "150502001000",
        "address": "民主街 7 号",
        "kind": "商场",
        "area_m2": 999,
        "responsible_name": "王立新",
        "responsible_phone": "13904750000",
    }
    return actions.Facts(**(fields | over))


@pytest.fixture
def officer():
    make.region()
    return make.who(PostKind.BRIGADE_HEAD)


def registered(officer, **over):
    done = perform(actions.register_premises, None, make.call(officer), facts(**over))
    return Premises.objects.get(pk=done.made)


def said_no(run):
    """The refusal of what was tried; nothing was written."""
    before = tables()
    with pytest.raises(Refusal) as no:
        run()
    assert tables() == before
    return no.value


def do(declared, record, who, form, **over):
    if declared is actions.amend_premises:
        form = actions.Amendment(**form.model_dump())
    perform(declared, record.pk, make.call(who, **over), form)
    return Premises.objects.get(pk=record.pk)


@pytest.mark.parametrize(
    ("area", "expected"), [(299, "small"), (300, "ordinary"), (999, "ordinary"), (1000, "key")]
)
def test_the_class_is_judged_by_the_thresholds_and_says_why(officer, area, expected):
    found = registered(officer, area_m2=area)

    assert (found.premises_class, found.judged_class) == (expected, expected)
    assert (found.public_assembly, found.crowded) == (True, True)
    assert {"threshold", "value", "source", "tag"} == set(found.because[0])
    assert found.because[-1]["value"] == area


def test_what_is_missing_is_asked_for_and_nothing_is_guessed(officer):
    no = said_no(
        lambda: perform(
            actions.register_premises, None, make.call(officer), facts(kind="宾馆", area_m2=None)
        )
    )

    assert (no.code, no.facts["fields"], no.facts["asked"]) == (
        "facts-missing",
        ["rooms"],
        ["客房数（间）"],
    )


def test_a_row_of_a_sheet_may_wait_for_its_facts(officer):
    found = registered(officer, kind="宾馆", judge_later=True)

    assert (found.premises_class, found.missing) == ("unjudged", ["客房数（间）"])
    assert (found.public_assembly, found.crowded) == (True, True)

    later = do(actions.amend_premises, found, officer, facts(kind="宾馆", rooms=50))

    assert (later.premises_class, later.missing) == ("key", [])


def test_flags_other_than_those_of_the_kind_need_a_reason(officer):
    no = said_no(
        lambda: perform(
            actions.register_premises, None, make.call(officer), facts(public_assembly="no")
        )
    )
    assert no.code == "flags-reason-missing"

    found = registered(officer, public_assembly="no", flags_reason="只批发，不接待顾客")

    assert (found.public_assembly, found.crowded) == (False, True)
    assert found.flags_reason == "只批发，不接待顾客"


def test_an_officer_sets_another_class_with_reason_and_source_and_both_stay(officer):
    found = registered(officer)
    other = actions.OtherClass(
        premises_class="key", reason="地下仓储与商场连通", source="61号令 §14"
    )

    held = do(actions.reclassify, found, officer, other)
    amended = do(actions.amend_premises, found, officer, facts(area_m2=998))

    assert (held.premises_class, held.judged_class) == ("key", "ordinary")
    assert (amended.premises_class, amended.class_reason) == ("key", "地下仓储与商场连通")

    back = actions.OtherClass(premises_class="ordinary", reason="连通处已封堵", source="现场核查")
    again = do(actions.reclassify, found, officer, back)

    assert (again.premises_class, again.class_reason) == ("ordinary", "")


def test_a_class_is_judged_again_by_the_rules_of_the_day(officer):
    found = registered(officer)
    Premises.objects.filter(pk=found.pk).update(judged_by="old", judged_class="small")

    again = do(actions.rejudge, found, officer, Nothing())

    assert again.judged_class == "ordinary"
    assert again.judged_by == found.judged_by


def test_a_wrong_check_digit_is_told(officer):
    with pytest.raises(ValueError, match="校验码不对"):
        facts(credit_code="91350100M000100Y44")

    assert facts(credit_code="91350100M000100Y43").credit_code == "91350100M000100Y43"


def test_who_answers_has_a_history(officer):
    found = registered(officer)
    person = actions.Person(name="李红梅", phone="13904751111", since_on="2026-03-10")

    after = do(actions.change_responsible, found, officer, person)

    assert (after.responsible_name, after.responsible_phone.open()) == ("李红梅", "13904751111")
    terms = [
        (term.person.name, str(term.person.since_on), term.until) for term in persons_of(after)
    ]
    assert terms == [
        ("李红梅", "2026-03-10", None),
        ("王立新", "2026-03-02", person.since_on),
    ]


def test_amending_without_a_phone_keeps_the_phone(officer):
    found = registered(officer)

    after = do(actions.amend_premises, found, officer, facts(responsible_phone="", area_m2=90))

    assert after.responsible_phone.open() == "13904750000"
    assert after.premises_class == "small"


def test_a_new_person_does_not_inherit_the_phone_of_the_one_before(officer):
    found = registered(officer)

    after = do(
        actions.amend_premises,
        found,
        officer,
        facts(responsible_name="李红梅", responsible_phone=""),
    )

    assert not after.responsible_phone


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("顺达商场", "平安街 1 号"),
        ("顺达 商场有限公司", "平安街 1 号"),
        ("科尔沁街道顺达商场", "平安街 1 号"),
        ("顺达商场一楼", "民主街７号"),
    ],
)
def test_a_likely_duplicate_is_named_before_anything_is_saved(officer, name, address):
    registered(officer)

    no = said_no(
        lambda: perform(
            actions.register_premises,
            None,
            make.call(officer),
            facts(name=name, address=address),
        )
    )

    assert (no.code, no.facts["found"]) == ("possible-duplicate", ["顺达商场（民主街 7 号）"])
    assert registered(officer, name=name, address=address, not_duplicate=True).name == name


def test_a_name_that_grows_when_made_plain_still_fits(officer):
    found = registered(officer, name="㈱" * 120, address="㌔" * 200)

    assert (len(found.name_key), len(found.address_key)) == (120, 200)


def test_the_same_credit_code_is_a_likely_duplicate_and_a_neighbour_is_none(officer):
    code = "91350100M000100Y43"
    registered(officer, credit_code=code)

    no = said_no(
        lambda: perform(
            actions.register_premises,
            None,
            make.call(officer),
            facts(name="另一家", address="平安街 1 号", credit_code=code),
        )
    )

    assert no.code == "possible-duplicate"
    assert (
        registered(officer, name="云岭饭馆", address="民主街 7 号", kind="办公").name == "云岭饭馆"
    )


def test_moving_changes_the_brigade(officer):
    make.region("150523001000", parent="150523000000")
    other = make.organisation(region="150523000000")
    prefecture = make.who(
        PostKind.BRIGADE_HEAD,
        organisation=make.organisation(kind="detachment", region="150500000000"),
    )
    found = registered(officer)

    moved = do(
        actions.move_premises,
        found,
        prefecture,
        actions.Moving(region="150523001000", address="新兴大街 3 号", reason="搬迁"),
    )

    assert (moved.brigade, moved.region, moved.address) == (other, "150523001000", "新兴大街 3 号")


def test_merging_keeps_all_history_and_closes_the_other():
    team = make.Team()
    make.region()
    hazard = loop.found(team)
    gone, survivor = team.premises, registered(team.head)
    form = actions.Merging(other=gone.pk, reason="同一处的两次登记")

    perform(actions.merge_premises, survivor.pk, make.call(team.head), form)

    gone.refresh_from_db()
    assert (gone.state, gone.merged_into, gone.unit) == ("merged", survivor, survivor.unit)
    assert set(whole(survivor)) == {survivor.pk, gone.pk}
    assert [row.pk for row in hazards_at(team.lead, survivor)] == [hazard.pk]
    third = registered(team.head, name="顺达总店", address="平安街 9 号", not_duplicate=True)
    perform(
        actions.merge_premises,
        third.pk,
        make.call(team.head),
        actions.Merging(other=survivor.pk, reason="同一处的第三次登记"),
    )
    gone.refresh_from_db()
    assert gone.merged_into == third
    assert [row.pk for row in hazards_at(team.lead, third)] == [hazard.pk]


@pytest.mark.parametrize("other", ["itself", "elsewhere", "closed"])
def test_what_cannot_be_merged_is_said_no(officer, other):
    found = registered(officer)
    far = make.premises(make.organisation(region="150523000000"), region="150523001000")
    closed = make.premises(state="closed")
    chosen = {"itself": found, "elsewhere": far, "closed": closed}[other]

    no = said_no(
        lambda: perform(
            actions.merge_premises,
            found.pk,
            make.call(officer),
            actions.Merging(other=chosen.pk, reason="同一处的两次登记"),
        )
    )

    assert no.code == ("merge-with-itself" if other == "itself" else "merge-unknown")


def test_a_unit_declares_and_the_agency_lists_and_takes_off(officer):
    found = registered(officer)
    manager = make.who(PostKind.PREMISES_MANAGER, organisation=found.unit)
    asked = actions.Declaring(premises=found.pk, grounds="营业面积近千平方米")

    made = perform(actions.declare_key, None, make.call(manager), asked).made
    again = said_no(lambda: perform(actions.declare_key, None, make.call(manager), asked))
    perform(actions.list_key, made, make.call(officer), actions.Decision(decision="经现场核查属实"))
    listed = Premises.objects.get(pk=found.pk)
    perform(
        actions.remove_key, made, make.call(officer), actions.Decision(decision="经营面积已缩减")
    )

    assert again.code == "declared-already"
    assert (listed.premises_class, listed.class_reason) == ("key", "经现场核查属实")
    assert Premises.objects.get(pk=found.pk).premises_class == "ordinary"


def test_the_units_of_a_shared_building_name_who_manages_its_common_parts(officer):
    first, second = registered(officer), registered(officer, name="云岭饭馆", kind="办公")
    building = perform(
        actions.register_building,
        None,
        make.call(officer),
        actions.BuildingFacts(name="民主大厦", region="150502001000", address="民主街 7 号"),
    ).made
    do(actions.place_in_building, first, officer, actions.Part(building=building))
    outside = said_no(
        lambda: perform(
            actions.name_common_manager,
            building,
            make.call(officer),
            actions.CommonParts(premises=second.pk),
        )
    )
    done = perform(
        actions.name_common_manager,
        building,
        make.call(officer),
        actions.CommonParts(premises=first.pk),
    )

    assert outside.code == "not-in-building"
    assert done.result == {"manager": "顺达商场"}


def test_a_closed_premises_takes_no_more_changes(officer):
    found = registered(officer)
    do(actions.close_premises, found, officer, actions.Reason(reason="停业拆除"))

    no = said_no(lambda: do(actions.change_manager, found, officer, actions.Person(name="李红梅")))

    assert no.code == "premises-not-registered"


def test_the_clock_judges_again_what_other_rules_judged_and_then_rests(officer):
    found = registered(officer)
    Premises.objects.filter(pk=found.pk).update(
        judged_by="rules of 2025", judged_class="small", judged_on=None
    )
    rejudging = Rejudging()

    steps = [rejudging.step(make.NOON) for _ in range(3)]

    assert steps == [True, False, False]
    assert Premises.objects.get(pk=found.pk).judged_class == "ordinary"


def test_a_class_once_decided_holds_while_a_fact_that_new_rules_ask_for_is_missing(officer):
    found = registered(officer)
    Premises.objects.filter(pk=found.pk).update(judged_by="old", kind="宾馆", rooms=None)

    again = do(actions.rejudge, found, officer, Nothing())

    assert (again.judged_class, again.missing) == ("unjudged", ["客房数（间）"])
    assert again.premises_class == found.premises_class


def test_a_grade_is_one_that_the_rulebook_knows(officer):
    found = registered(officer, area_m2=1000)
    starts = actions.grade_premises.starts
    assert starts is not None
    offered = starts(found)
    graded = actions.Grading(hazard_grade="一级", reason="夜间营业、人员密集")

    after = do(actions.grade_premises, found, officer, graded)
    other = actions.Grading(hazard_grade="特级", reason="夜间营业、人员密集")
    no = said_no(lambda: do(actions.grade_premises, found, officer, other))

    assert offered == {"hazard_grade": "二级"}
    assert after.hazard_grade == "一级"
    assert (no.code, no.facts["known"]) == ("grade-unknown", ["一级", "二级", "三级", "一般"])


def test_closing_ends_what_was_declared_and_the_codes_that_nobody_used(officer):
    found = registered(officer)
    manager = make.who(PostKind.PREMISES_MANAGER, organisation=found.unit)
    asked = actions.Declaring(premises=found.pk, grounds="营业面积近千平方米")
    issuing = actions.Issuing(premises=found.pk, digest="9" * 64)
    declaration = perform(actions.declare_key, None, make.call(manager), asked).made
    code = perform(actions.issue_claim_code, None, make.call(officer), issuing).made

    do(actions.close_premises, found, officer, actions.Reason(reason="停业拆除"))

    assert KeyDeclaration.objects.get(pk=declaration).state == "removed"
    assert ClaimCode.objects.get(pk=code).state == "cancelled"
    assert Task.objects.get(about_id=declaration).state == "void"


def test_the_second_unit_in_a_building_raises_the_question_who_manages_its_common_parts(officer):
    first, second = registered(officer), registered(officer, name="云岭饭馆", kind="办公")
    facts = actions.BuildingFacts(name="民主大厦", region="150502001000", address="民主街 7 号")
    building = perform(actions.register_building, None, make.call(officer), facts).made
    part = actions.Part(building=building)

    do(actions.place_in_building, first, officer, part)
    alone = Task.objects.filter(about_id=building).count()
    do(actions.place_in_building, second, officer, part)
    asked = Task.objects.get(about_id=building)
    chosen = actions.CommonParts(premises=first.pk)
    perform(actions.name_common_manager, building, make.call(officer), chosen)

    assert alone == 0
    assert (asked.title, asked.rule, asked.state) == ("确定统一管理人", "D-SHARED-BUILDING", "open")
    assert Task.objects.get(about_id=building).state == "done"
    assert [row.name for row in parts_of(officer, Building.objects.get(pk=building))] == [
        "云岭饭馆",
        "顺达商场",
    ]


def test_a_common_manager_who_leaves_answers_no_longer_and_the_question_is_open_again(officer):
    shops = [
        registered(officer, name=name, not_duplicate=True) for name in ("甲店", "乙店", "丙店")
    ]
    facts = actions.BuildingFacts(name="民主大厦", region="150502001000", address="民主街 7 号")
    building = perform(actions.register_building, None, make.call(officer), facts).made
    for shop in shops:
        do(actions.place_in_building, shop, officer, actions.Part(building=building))
    chosen = actions.CommonParts(premises=shops[0].pk)
    perform(actions.name_common_manager, building, make.call(officer), chosen)

    do(actions.close_premises, shops[1], officer, actions.Reason(reason="停业"))
    kept = Building.objects.get(pk=building).manager
    do(actions.close_premises, shops[0], officer, actions.Reason(reason="停业"))

    assert kept == shops[0].unit
    assert Building.objects.get(pk=building).manager is None
    assert not Task.objects.filter(about_id=building, state="open").exists()


def test_two_who_still_share_a_building_are_asked_again(officer):
    shops = [
        registered(officer, name=name, not_duplicate=True) for name in ("甲店", "乙店", "丙店")
    ]
    facts = actions.BuildingFacts(name="民主大厦", region="150502001000", address="民主街 7 号")
    building = perform(actions.register_building, None, make.call(officer), facts).made
    for shop in shops:
        do(actions.place_in_building, shop, officer, actions.Part(building=building))
    chosen = actions.CommonParts(premises=shops[0].pk)
    perform(actions.name_common_manager, building, make.call(officer), chosen)
    there = actions.Moving(region="150502001000", address="平安街 1 号", reason="搬迁")

    do(actions.move_premises, shops[0], officer, there)

    assert Building.objects.get(pk=building).manager is None
    assert Task.objects.filter(about_id=building, state="open").count() == 1


def test_what_was_declared_follows_a_place_that_moved(officer):
    make.region("150523001000", parent="150523000000")
    make.organisation(region="150523000000")
    house = make.organisation(kind="detachment", region="150500000000")
    prefecture = make.who(PostKind.BRIGADE_HEAD, organisation=house)
    found = registered(officer)
    manager = make.who(PostKind.PREMISES_MANAGER, organisation=found.unit)
    asked = actions.Declaring(premises=found.pk, grounds="营业面积近千平方米")
    perform(actions.declare_key, None, make.call(manager), asked)

    there = actions.Moving(region="150523001000", address="新兴大街 3 号", reason="搬迁")
    do(actions.move_premises, found, prefecture, there)

    assert not declarations_for(officer).exists()
    assert declarations_for(prefecture).count() == 1


@pytest.mark.parametrize("shops", [1, 3])
def test_a_manager_s_premises_tell_with_the_rows_whether_they_were_declared(
    officer, shops, django_assert_num_queries
):
    found = registered(officer)
    for number in range(shops - 1):
        make.premises(unit=found.unit, name=f"分店{number}")
    manager = make.who(PostKind.PREMISES_MANAGER, organisation=found.unit)
    asked = actions.Declaring(premises=found.pk, grounds="营业面积近千平方米")
    perform(actions.declare_key, None, make.call(manager), asked)

    with django_assert_num_queries(1):
        rows = list(premises_for(manager))
        open_ones = [
            row
            for row in rows
            if actions.declare_key in open_to(row, actions.PREMISES_TYPE, manager)
        ]

    assert len(open_ones) == shops - 1


def test_every_row_of_one_call_has_a_door_of_its_own(officer):
    rows = [(None, facts(name=name, not_duplicate=True)) for name in ("顺达商场", "云岭商场")]

    perform_many(actions.register_premises, rows, make.call(officer))

    codes = set(Premises.objects.values_list("door_code", flat=True))
    assert len(codes) == 2
    assert {len(code or "") for code in codes} == {12}
