"""The three actions of P13 as a view without actions would write them: Django queries by hand.

Each reads and writes the same tables by the same statements as the action (a test compares them) in
one transaction. What `perform` adds is left out: forms, access by declaration, digests, canonical
JSON, the MAC; the ledger's rows are there with a text of the usual length.
"""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from fengsui.kernel.ids import new_id
from fengsui.platform.accounts.models import Certificate, Organisation, Post
from fengsui.platform.documents.models import Document
from fengsui.platform.documents.store import take
from fengsui.platform.files.models import Attachment
from fengsui.platform.ledger.models import Entry, EntryRow, Pending
from fengsui.platform.ledger.store import use_key
from fengsui.platform.regions.models import within
from fengsui.platform.search.store import keep
from fengsui.platform.who import Who
from fengsui.platform.worklist.models import Task
from fengsui.registry.models import Premises
from fengsui.supervision.models import Answer, Finding, Hazard, Inspection
from tests import make

_BODY = "x" * 1_500
_HASH = bytes(32)


def plan(team: Any) -> float:
    """A visit, its running number, its task."""
    start = time.perf_counter()
    with transaction.atomic():
        entry = _key(team.lead)
        premises = (
            Premises.objects.filter(within(team.lead.region), id=team.premises.id)
            .select_related("brigade")
            .get()
        )
        lead, second = _officers(team.lead_post.id, team.second_post.id, premises.brigade_id)
        number = take(UUID(int=0), "JC-0302", 2026)
        visit = Inspection(
            **_record("planned", entry),
            number=f"JC-20260302-{number:04d}",
            kind="spot_check",
            premises=premises,
            brigade=premises.brigade,
            region=premises.region,
            lead=lead,
            second=second,
            planned_on=make.NOON.date(),
        )
        Inspection.objects.bulk_create([visit])
        task = _task("inspection", visit.id, entry, premises, lead.id)
        Task.objects.bulk_create([task])
        keep([visit])
        _ledger(entry, "inspection", visit.id, (visit.id, task.id))
    return time.perf_counter() - start


def order(team: Any, found: UUID | None) -> float:
    """A move of a hazard, its task closed and the next opened, a numbered document."""
    start = time.perf_counter()
    with transaction.atomic():
        entry = _key(team.lead)
        along = ("premises", "inspection__brigade")
        held = Task.objects.filter(
            about_id=OuterRef("pk"), kind__in=("order", "serve"), state__in=("open", "late")
        )
        given = {"given": Exists(held.filter(holder=team.lead.post_id))}
        hazard = (
            Hazard.objects.filter(within(team.lead.region), id__in=[found])
            .annotate(**given)
            .select_related(*along)
            .get()
        )
        visit = hazard.inspection
        officers = _officers(visit.lead_id, visit.second_id)
        actor = Post.objects.get(id=team.lead.post_id)
        valid = Certificate.objects.filter(
            user=actor.user_id,
            state="valid",
            issued_on__lte=make.NOON.date(),
            valid_until__gte=make.NOON.date(),
        )
        assert valid.exists()
        photos = Attachment.objects.filter(about_id=visit.id).count()
        findings = list(Finding.objects.filter(id__in=hazard.findings).order_by("at", "id"))
        Hazard.objects.filter(id=hazard.id, version=hazard.version).update(
            term_days=15,
            due_on=make.NOON.date() + timedelta(days=15),
            provisional=False,
            ordered_at=make.NOON,
            measures="",
            reason="需要采购并更换逃生门锁",
            version=hazard.version + 1,
            entry_id=entry,
            state="ordered",
            moved_at=make.NOON,
        )
        (task,) = Task.objects.filter(about_id=hazard.id, kind="order", state__in=("open", "late"))
        Task.objects.filter(id=task.id, version=task.version).update(
            version=task.version + 1,
            state="done",
            moved_at=make.NOON,
            closed_at=make.NOON,
            entry_id=entry,
        )
        following = _task("hazard", hazard.id, entry, hazard.premises, visit.lead_id)
        agency = Organisation.objects.get(id=hazard.brigade_id)
        sequence = take(agency.id, "rectification-order", 2026)
        paper = Document(
            **_record("issued", entry),
            kind="rectification-order",
            title="责令限期改正通知书",
            number=f"{agency.word}消限字〔2026〕第{sequence:04d}号",
            agency_id=agency.id,
            year=2026,
            sequence=sequence,
            data={
                "photos": photos,
                "findings": [f.text for f in findings],
                "officers": [officer.user.name for officer in officers],
            },
            about_type="hazard",
            about_id=hazard.id,
            party=hazard.premises.name,
            issued_at=make.NOON,
        )
        Task.objects.bulk_create([following])
        Document.objects.bulk_create([paper])
        paper.about = hazard
        keep([paper])
        _ledger(entry, "hazard", hazard.id, (hazard.id, task.id, following.id, paper.id))
    return time.perf_counter() - start


def find(team: Any, visit_id: UUID | None) -> float:
    """A finding and the answer of its item."""
    start = time.perf_counter()
    with transaction.atomic():
        entry = _key(team.lead)
        visit = (
            Inspection.objects.filter(within(team.lead.region), id__in=[visit_id])
            .select_related("premises", "brigade")
            .get()
        )
        by: dict[str, Any] = {"at": make.NOON, "by_post": team.lead.post_id, "entry_id": entry}
        finding = Finding(
            **by,
            inspection=visit,
            code="C04",
            place="二层东侧",
            text="堆放布草箱，净宽不足",
            basis="消防法第二十八条",
            disposal="corrected",
            corrected="当场清走",
        )
        answer = Answer(**by, inspection=visit, code="C04", result="fail")
        Finding.objects.bulk_create([finding])
        Answer.objects.bulk_create([answer])
        _ledger(entry, "inspection", visit.id, (finding.id, answer.id))
    return time.perf_counter() - start


def _key(who: Who) -> UUID:
    entry = new_id()
    use_key(who.caller, f"plain-{make.number()}", _HASH, entry)
    return entry


def _record(state: str, entry: UUID) -> dict[str, Any]:
    return {"state": state, "moved_at": make.NOON, "entry_id": entry}


def _officers(lead: UUID, second: UUID, brigade: UUID | None = None) -> list[Post]:
    papers = Certificate.objects.filter(
        user=OuterRef("user"),
        state="valid",
        issued_on__lte=make.NOON.date(),
        valid_until__gte=make.NOON.date(),
    ).order_by("id")
    posts = Post.objects.filter(id__in=(lead, second)).select_related("user")
    if brigade is not None:
        posts = posts.filter(organisation_id=brigade).exclude(state="ended")
    return list(posts.annotate(paper=Subquery(papers.values("number")[:1])))


def _task(kind: str, about: UUID, entry: UUID, premises: Premises, holder: UUID) -> Task:
    return Task(
        **_record("open", entry),
        kind="order",
        title="监督抽查",
        subject=premises.name,
        about_type=kind,
        about_id=about,
        organisation_id=premises.brigade_id,
        holder=holder,
        rule="D-VISIT",
        start_at=make.NOON,
        due_at=make.NOON + timedelta(days=1),
        calendar="2026",
    )


def _ledger(entry_id: UUID, kind: str, record: UUID, rows: tuple[UUID, ...]) -> None:
    entry = Entry.objects.create(
        id=entry_id,
        what=f"{kind}.plain",
        record_type=kind,
        record_id=record,
        version=1,
        at=make.NOON,
        received_at=make.NOON,
        body=_BODY,
        mac=_HASH,
    )
    EntryRow.objects.bulk_create(
        EntryRow(
            entry=entry,
            ordinal=place,
            row_type=f"{kind}.row{entry_id}",
            row_id=row,
            digest=_HASH,
            version=1,
        )
        for place, row in enumerate(rows)
    )
    Pending.objects.create(entry=entry)
