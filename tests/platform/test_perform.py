import json
from datetime import date

import pytest

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.calendar.actions import Notice, load_year
from fengsui.platform.calendar.models import LoadedYear
from fengsui.platform.calls import Outcome
from fengsui.platform.files.models import Attachment, StoredFile
from fengsui.platform.ledger.models import Entry, EntryRow
from fengsui.platform.who import PostKind
from fengsui.platform.writes import Batch
from fengsui.supervision.actions.planning import INSPECTIONS
from fengsui.supervision.models import Answer, Inspection
from tests import make

pytestmark = pytest.mark.django_db

NOTICE_2027 = Notice(
    year=2027,
    holidays={
        date(2027, 1, 1): "元旦",
        **{date(2027, 2, d): "春节" for d in range(5, 12)},
        date(2027, 4, 5): "清明节",
        date(2027, 5, 1): "劳动节",
        date(2027, 5, 2): "劳动节",
        date(2027, 6, 9): "端午节",
        date(2027, 9, 15): "中秋节",
        **{date(2027, 10, d): "国庆节" for d in range(1, 8)},
    },
    workdays=(date(2027, 2, 13),),
    source="假定的 2027 年通知",
)


def test_an_action_writes_its_record_and_one_entry():
    admin = make.who(PostKind.SYSTEM_ADMIN)

    done = perform(load_year, None, make.call(admin), NOTICE_2027)

    entry = Entry.objects.get()
    said = json.loads(entry.body)
    assert (entry.id, entry.what) == (done.entry, "calendar_year.load_year")
    assert said["record"]["id"] == str(done.record)
    assert EntryRow.objects.get().row_id == LoadedYear.objects.get().id == done.record


def test_a_key_used_again_gives_the_first_result_and_writes_nothing():
    admin = make.who(PostKind.SYSTEM_ADMIN)
    first = perform(load_year, None, make.call(admin, key="k"), NOTICE_2027)

    again = perform(load_year, None, make.call(admin, key="k"), NOTICE_2027)

    assert (again.entry, again.record, again.replayed) == (first.entry, first.record, True)
    assert Entry.objects.count() == LoadedYear.objects.count() == 1


def test_a_key_used_for_something_else_is_refused():
    admin = make.who(PostKind.SYSTEM_ADMIN)
    perform(load_year, None, make.call(admin, key="k"), NOTICE_2027)

    with pytest.raises(Refusal, match="key-reused"):
        perform(
            load_year,
            None,
            make.call(admin, key="k"),
            NOTICE_2027.model_copy(update={"year": 2028}),
        )

    assert Entry.objects.count() == 1


def test_a_post_that_may_not_is_refused_and_nothing_is_written():
    with pytest.raises(Refusal, match="forbidden"):
        perform(load_year, None, make.call(make.who(PostKind.SUPERVISOR)), NOTICE_2027)

    assert not Entry.objects.exists()
    assert not LoadedYear.objects.exists()


def test_an_id_from_the_creator_is_the_records_everywhere():
    """Facts that the body drafted about the new record, by relation or by its id, follow it."""
    team, wanted = make.Team(), new_id()
    visit = Inspection(
        number="JC-1",
        kind="spot_check",
        premises=team.premises,
        brigade=team.brigade,
        region=team.brigade.region,
        lead=team.lead_post,
        second=team.second_post,
        planned_on=make.NOON.date(),
    )
    facts = [
        Answer(inspection=visit, code="C01", result="pass"),
        Attachment(file=stored_file(), sha256="0", about_type="inspection", about_id=visit.id),
    ]
    batch = Batch(new_id())
    call = make.call(team.lead, new_id=wanted)

    own = batch.take(INSPECTIONS, None, None, call, Outcome(new=visit, facts=facts))
    batch.flush()

    assert own is not None
    assert own.id == wanted
    assert Answer.objects.get().inspection_id == wanted
    assert Attachment.objects.get().about_id == wanted


def stored_file():
    return StoredFile.objects.create(
        at=make.NOON, by_name="", sha256="0", size=1, media_type="image/jpeg", name=""
    )
