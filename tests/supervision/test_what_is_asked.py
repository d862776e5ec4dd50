"""Which items a spot check asks is a rule; minor faults corrected on the spot are noted (T-19c)."""

import pytest
from pydantic import ValidationError

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.actions import perform
from fengsui.platform.calls import Nothing
from fengsui.platform.documents.models import Document
from fengsui.supervision import queries
from fengsui.supervision.actions import forms, inspection
from fengsui.supervision.lifecycle import Disposal, Result
from fengsui.supervision.models import Finding
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db
LOCAL = """
- id: CHECKLIST-SPOT-CHECK
  type: value
  title: 监督抽查要问的检查项
  value: [{items}]
  source: 支队通知
  tag: D
  effective_from: 2021-08-01
  region: ""
  text: 本地确定的检查项。
"""


@pytest.fixture
def team():
    return make.Team()


@pytest.fixture
def asked(settings, tmp_path):
    """The items of a spot check are named by a local rule."""

    def name(items):
        (tmp_path / "rules").mkdir(exist_ok=True)
        (tmp_path / "rules" / "local.yaml").write_text(LOCAL.format(items=items), "utf-8")
        rules.rulebook.cache_clear()

    settings.HOME = tmp_path
    yield name
    rules.rulebook.cache_clear()


def test_the_shipped_rule_asks_the_first_sixteen_and_says_that_it_is_ours():
    day = make.NOON.date()

    assert [item.code for item in queries.checklist(day)] == loop.ITEMS
    rule = rules.rulebook().value_rule("CHECKLIST-SPOT-CHECK", day, "")
    assert (rule.tag, rule.cites) == ("D", ("规定 §10",))


def test_a_local_rule_changes_what_is_asked_what_is_owed_and_what_is_printed(team, asked):
    asked("C19, C01, C04")
    visit = loop.arrived(team)
    first = forms.Answers(answers={"C01": Result.PASS, "C04": Result.NOT_APPLICABLE})
    perform(inspection.record_answers, visit.id, loop.call(team.lead), first)
    end = forms.Conclusion(accompanied_by="刘海燕")

    with pytest.raises(Refusal) as no:
        perform(inspection.conclude, visit.id, loop.call(team.lead), end)
    assert (no.value.code, no.value.facts) == ("items-unanswered", {"items": ["C19"]})

    last = forms.Answers(answers={"C19": Result.PASS})
    perform(inspection.record_answers, visit.id, loop.call(team.lead), last)
    perform(inspection.conclude, visit.id, loop.call(team.lead), end)
    perform(inspection.confirm_record, visit.id, loop.call(team.second), Nothing())
    printed = Document.objects.get(kind="inspection-record").data["items"]
    assert [(item["code"], item["result"]) for item in printed] == [
        ("C19", "合格"),
        ("C01", "合格"),
        ("C04", "不涉及"),
    ]


def test_a_rule_that_names_an_item_nobody_knows_is_refused_by_name(asked):
    asked("C01, C99")

    with pytest.raises(Refusal) as no:
        queries.checklist(make.NOON.date())

    assert no.value.code == "rule-shape"
    assert "C99" in str(no.value.facts)


def found(**over):
    said = {"code": "C04", "place": "二层走道", "text": "堆放布草箱", "disposal": "corrected"}
    return forms.Found(**(said | over))


def test_corrected_on_the_spot_needs_a_word_or_a_photo_of_it():
    with pytest.raises(ValidationError, match="当场改正情况"):
        found()

    assert found(corrected="当场清走").corrected == "当场清走"
    assert len(found(photos=(new_id(),)).photos) == 1


def test_only_what_was_corrected_says_how():
    with pytest.raises(ValidationError, match="只在处理为"):
        found(disposal="immediate", corrected="当场清走")


def test_the_record_notes_the_oral_order_and_no_hazard_is_left(team):
    assert loop.found(team, Disposal.CORRECTED) is None

    said = Document.objects.get(kind="inspection-record").data["findings"][0]["disposal"]
    # 消防监督检查规定 §19: an oral order, noted in the record, and no penalty.
    assert said == "口头责令改正，已当场改正完毕（当场清走，通道净宽恢复），依法可以不予处罚"
    assert Finding.objects.get().corrected == "当场清走，通道净宽恢复"
