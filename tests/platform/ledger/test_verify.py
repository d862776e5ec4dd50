"""S4: what somebody with direct SQL does to the ledger or to a record is found and named."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from fengsui.kernel import merkle
from fengsui.kernel.refusal import Refusal
from fengsui.platform.ledger import queries, store
from fengsui.platform.ledger.models import Entry, EntryRow, Head, KeyUse, Leaf, Node, Pending
from fengsui.platform.ledger.store import Written
from fengsui.platform.ledger.verify import verify
from fengsui.supervision.models import Hazard
from tests import make
from tests.platform.ledger.adopt import adopt_everything
from tests.supervision import loop

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make.Team()


@pytest.fixture
def hazard(team):
    """A loop up to a served order, sealed in two heads."""
    bare_the_builders_rows()
    found = loop.found(team)
    store.seal(make.NOON)
    store.sign(make.NOON)
    loop.served(team)
    store.seal(make.NOON)
    store.sign(make.NOON + timedelta(minutes=1))
    return found


def bare_the_builders_rows():
    """What tests build without an action would be found as slipped in: give it an entry."""
    adopt_everything()


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        assert cursor.rowcount >= 1, "the tampering touched nothing"


def key(value):
    """An id as the database spells it."""
    return value.hex if connection.vendor == "sqlite" else value


def test_an_untouched_ledger_is_sound(hazard):
    assert verify().wrong == []


TAMPERINGS = {
    "a hazard's term": "UPDATE supervision_hazard SET term_days = 99",
    "a hazard's state": "UPDATE supervision_hazard SET state = 'closed' WHERE state = 'found'",
    "a hazard's due day": "UPDATE supervision_hazard SET due_on = '2030-01-01' WHERE due_on IS NOT NULL",
    "a hazard's version": "UPDATE supervision_hazard SET version = version + 1",
    "a hazard's salt-free title": "UPDATE supervision_hazard SET title = 'x'",
    "an inspection's officers": "UPDATE supervision_inspection SET second_id = lead_id",
    "an inspection's end": "UPDATE supervision_inspection SET ended_at = '2020-01-01 00:00:00'",
    "an inspection's opinion": "UPDATE supervision_inspection SET opinion = '有异议'",
    "a finding's text": "UPDATE supervision_finding SET text = '无问题'",
    "a finding's basis": "UPDATE supervision_finding SET basis = ''",
    "an answer's result": "UPDATE supervision_answer SET result = 'pass' WHERE result = 'fail'",
    "a task's due moment": "UPDATE worklist_task SET due_at = '2030-01-01 00:00:00'",
    "a task's state": "UPDATE worklist_task SET state = 'done'",
    "a task's rule": "UPDATE worklist_task SET rule = 'T-18b'",
    "a document's number": "UPDATE documents_document SET number = '科区消限字〔2026〕第9999号'",
    "a document's data": "UPDATE documents_document SET data = '{}'",
    "a document's service": "UPDATE documents_document SET served_at = NULL WHERE served_at IS NOT NULL",
    "a receipt's recipient": "UPDATE documents_service SET recipient = '别人'",
    "a premises' name": "UPDATE registry_premises SET name = '别处'",
    "a premises' class": "UPDATE registry_premises SET premises_class = 'small'",
    "a premises' phone": "UPDATE registry_premises SET responsible_phone = ''",
    "a post's kind": "UPDATE accounts_post SET kind = 'detachment_leader'",
    "a post's region": "UPDATE accounts_post SET region = '150000000000'",
    "a certificate's validity": "UPDATE accounts_certificate SET valid_until = '2099-01-01'",
    "an organisation's word": "UPDATE accounts_organisation SET word = '伪'",
    "an entry's body": "UPDATE ledger_entry SET body = replace(body, 'hazard', 'hasard')",
    "an entry's time column": "UPDATE ledger_entry SET what = 'hazard.nothing'",
    "an entry's record column": "UPDATE ledger_entry SET version = version + 7 WHERE version > 0",
    "a row digest": "UPDATE ledger_entryrow SET version = version + 100",
    "a deleted row digest": "DELETE FROM ledger_entryrow WHERE ordinal = 0",
    "a leaf moved": "UPDATE ledger_leaf SET \"index\" = \"index\" + 100 WHERE \"index\" = 1",
    "a leaf deleted": "DELETE FROM ledger_leaf WHERE \"index\" = 1",
    "the last leaf deleted": "DELETE FROM ledger_leaf WHERE \"index\" = (SELECT max(\"index\") FROM ledger_leaf)",
    "a node deleted": "DELETE FROM ledger_node WHERE level = 1",
    "a head's size": "UPDATE ledger_head SET size = size + 1000",
    "a head's words": "UPDATE ledger_head SET signed = replace(signed, 'sha256', 'md5')",
    "a deleted answer": "DELETE FROM supervision_answer WHERE code = 'C01'",
    "a deleted receipt": "DELETE FROM documents_service",
    "an answer's author": "UPDATE supervision_answer SET by_name = '别人'",
    "a document's party": "UPDATE documents_document SET party = '别人'",
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_change_by_sql_is_found(hazard, name):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    sql(TAMPERINGS[name])

    assert not verify().sound


def test_the_changed_record_is_named(hazard):
    sql("UPDATE supervision_hazard SET term_days = 99 WHERE id = %s", key(hazard.id))

    assert any(str(hazard.id) in sentence for sentence in verify().wrong)


def test_a_record_slipped_in_without_an_entry_is_named(hazard):
    slipped = make.premises()

    assert any(str(slipped.id) in sentence for sentence in verify().wrong)


def test_two_leaves_exchanged_are_found(hazard):
    first, second = Leaf.objects.order_by("index")[:2]
    Leaf.objects.filter(id=first.id).update(index=10_000)
    Leaf.objects.filter(id=second.id).update(index=0)
    Leaf.objects.filter(id=first.id).update(index=1)

    assert not verify().sound


def test_a_rewritten_tree_is_found_with_an_earlier_head_and_the_interval_named(hazard):
    earlier = json.loads(Head.objects.earliest("size").signed)
    entry = Leaf.objects.get(index=1).entry
    body = entry.body.replace('"way":"desk"', '"way":"field"')
    Entry.objects.filter(id=entry.id).update(body=body, mac=store.mac(body))
    rebuild_the_tree()

    wrong = verify(earlier).wrong

    assert wrong == [f"与先前的树头不一致：第 0 条到第 {earlier['size'] - 1} 条之间的历史被改动"]


def rebuild_the_tree():
    """What a thief of both keys on the machine does: all leaves, nodes and heads anew."""
    order = list(Leaf.objects.order_by("index").values_list("entry_id", flat=True))
    for model in (Leaf, Node, Head):
        model.objects.all().delete()
    Pending.objects.bulk_create(Pending(entry_id=entry_id) for entry_id in order)
    store.seal(make.NOON)
    store.sign(make.NOON)


def test_a_record_rewritten_together_with_its_digest_is_found_by_the_entry(hazard):
    sql("UPDATE supervision_hazard SET term_days = 99 WHERE id = %s", key(hazard.id))
    row = Written.of(Hazard.objects.get(id=hazard.id))
    rows = EntryRow.objects.filter(row_id=hazard.id, version=row.version)
    entry = rows.get().entry_id
    rows.update(digest=row.digest)

    assert verify().wrong == [f"记录 {entry}：所写各行的摘要被改动、增加或删除"]


def test_an_unsealed_entry_is_found_by_its_mac(hazard, team):
    loop.planned(team)
    entry = Pending.objects.latest("id").entry
    Entry.objects.filter(id=entry.id).update(body=entry.body.replace("desk", "dusk"))

    assert f"记录 {entry.id}：校验码不符，内容被改动" in verify().wrong


def test_a_place_in_the_queue_of_the_sealer_is_not_given_twice(hazard):
    entry = Leaf.objects.get(index=1).entry_id
    Pending.objects.create(entry_id=entry)

    assert verify().wrong == [f"记录 {entry}：已在树中，又被列入待封存"]


def test_a_key_slipped_in_to_swallow_a_call_is_found(hazard):
    entry = Leaf.objects.get(index=1).entry_id
    KeyUse.objects.create(caller="somebody", key="next call", request=bytes(32), entry_id=entry)

    assert verify().wrong == [f"记录 {entry}：提交编号 next call 与内容不符"]


def test_a_key_taken_out_to_let_a_call_run_twice_is_found(hazard):
    use = KeyUse.objects.earliest("id")
    use.delete()

    assert verify().wrong == [f"记录 {use.entry_id}：提交编号 {use.key} 被删除"]


def test_a_head_taken_out_between_two_is_found_by_the_next(hazard):
    first, second = Head.objects.order_by("size")
    first.delete()

    assert verify().wrong == [f"日志 1：树头（{second.size} 条）之前的树头被删除或更换"]


def test_the_last_head_taken_out_is_found_by_its_file(hazard):
    kept = [published["head"] for published in queries.published_heads()]
    last = Head.objects.latest("size")
    last.delete()

    assert verify().wrong == []  # control: the database alone cannot know
    assert verify(kept=kept).wrong == [f"日志 1：导出过的树头（{last.size} 条）在库中被删除或更换"]


def test_after_a_restore_a_new_log_names_the_last_head_and_the_reason(hazard, team):
    earlier = json.loads(Head.objects.latest("size").signed)
    loop.planned(team)
    waiting = Pending.objects.count()

    log = store.begin_log(make.NOON, "服务器损坏")
    store.seal(make.NOON)
    store.sign(make.NOON)

    first = json.loads(Leaf.objects.get(log=log, index=0).entry.body)
    assert first["result"] == {"reason": "服务器损坏", "head": earlier}
    assert Leaf.objects.filter(log=log).count() == 1 + waiting
    assert verify(earlier).wrong == []


def test_a_new_log_that_hides_where_it_came_from_is_found(hazard):
    store.begin_log(make.NOON, "服务器损坏")
    sql("UPDATE ledger_log SET reason = '例行' WHERE number = 2")

    assert verify().wrong == ["日志 2：首条没有照实写明前一日志的最后树头和启用理由"]


def test_a_proof_between_two_heads_shows_that_history_only_grew(hazard):
    old, new = Head.objects.order_by("size")

    said = queries.consistency(1, old.size, new.size)

    path = [bytes.fromhex(step) for step in said["path"]]
    was, now = [bytes.fromhex(said[end]["head"]["root"]) for end in ("from", "to")]
    assert merkle.verify_consistency(old.size, new.size, was, now, path)


@pytest.mark.parametrize(
    ("old", "new", "code"), [(1, 10_000, "head-unknown"), (9, 1, "heads-reversed")]
)
def test_no_proof_for_a_size_that_nobody_signed(hazard, old, new, code):
    with pytest.raises(Refusal) as no:
        queries.consistency(1, old, new)

    assert no.value.code == code


def test_a_proof_leads_from_an_entry_to_a_signed_head(hazard):
    entry = Entry.objects.filter(record_id=hazard.id).earliest("received_at")

    said = queries.proof(entry.id)

    leaf = merkle.leaf_hash(bytes.fromhex(said["digest"]))
    path = [bytes.fromhex(step) for step in said["path"]]
    root = bytes.fromhex(said["head"]["root"])
    assert merkle.verify_inclusion(leaf, said["index"], said["head"]["size"], path, root)
    assert entry.record_id == hazard.id
