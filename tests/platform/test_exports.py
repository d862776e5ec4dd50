"""Lists as files: what the list shows and no more, whole, inert, in steps that stay small."""

import csv
import io
import re
import tracemalloc
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from fengsui.platform.accounts.queries import posts_listed
from fengsui.platform.actions import perform
from fengsui.platform.exports import files
from fengsui.platform.exports.kinds import EXPORTS, Column, ExportKind
from fengsui.platform.jobs import queries, step, store
from fengsui.platform.jobs.actions import Start, start
from fengsui.platform.jobs.models import Job
from fengsui.platform.ledger.models import Entry
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.who import CLOCK, PEOPLE, PostKind
from fengsui.registry.models import Premises
from fengsui.supervision.lifecycle import HAZARD
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db


def exported(who, kind, form="xlsx", **conditions) -> Job:
    said = Start(kind=f"export-{kind}", arguments={"_format": form, **conditions})
    made = perform(start, None, make.call(who), said).made
    while step.step(make.NOON):
        pass
    return Job.objects.select_related("run").get(pk=made)


def content(job: Job) -> bytes:
    return store.result(job)


def rows(job):
    """What an independent reader finds, each row by its headings."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(job)))
    head, *lines = book.get_sheet_by_index(0).to_python()
    return [dict(zip(head, line, strict=True)) for line in lines]


def member(job: Job, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content(job))) as book:
        return book.read(name).decode()


class TestWhatIsInIt:
    def test_the_register_of_my_scope_with_masked_persons(self):
        team = make.Team()
        make.premises(make.organisation(region="150523000000"), region="150523001000")

        (row,) = rows(exported(team.head, "premises"))

        assert (row["单位名称*"], row["区划代码*"], row["状态（只读）"]) == (
            team.premises.name,
            team.premises.region,
            "在册",
        )
        assert (row["消防安全责任人"], row["责任人电话"]) == ("赵**", "138****0000")

    def test_hazards_have_the_columns_of_their_page_under_the_lists_own_condition(self):
        team = make.Team()
        record = loop.served(team)

        (row,) = rows(exported(team.lead, "hazards", state=record.state))

        assert (row["编号"], row["场所"], row["状态"]) == (
            record.number,
            record.premises.name,
            HAZARD.title(record.state),
        )
        assert rows(exported(team.lead, "hazards", state="closed")) == []

    def test_people_are_a_living_post_each_with_the_valid_certificate(self):
        keeper = make.who(PostKind.SECURITY_ADMIN)
        user = make.user(name="王磊", phone="13847561234")
        make.post(user=user, organisation=make.organisation(name="科尔沁区大队"))
        paper = make.certificate(user)

        found = {row["姓名*"]: row for row in rows(exported(keeper, "people"))}

        assert found["王磊"]["机构*"] == "科尔沁区大队"
        assert (found["王磊"]["岗位*"], found["王磊"]["电话"]) == ("监督员", "138****1234")
        assert found["王磊"]["证件编号"] == paper.number
        only = rows(exported(keeper, "people", q=user.username))
        assert [row["姓名*"] for row in only] == ["王磊"]

    @pytest.mark.parametrize("form", ["xlsx", "csv"])
    def test_a_list_of_many_pages_is_whole_and_in_order(self, form, monkeypatch):
        team = make.Team()
        made = [make.premises(team.brigade, unit=team.premises.unit) for _ in range(25)]
        real = queries.limits
        monkeypatch.setattr(queries, "limits", lambda on: {**real(on), "export_rows_a_step": 10})

        job = exported(team.head, "premises", form)

        names = (
            [row["单位名称*"] for row in rows(job)]
            if form == "xlsx"
            else [line[1] for line in csv.reader(io.StringIO(content(job).decode("utf-8-sig")))][1:]
        )
        newest_first = sorted([team.premises, *made], key=lambda row: row.id, reverse=True)
        assert names == [row.name for row in newest_first]
        assert (job.run.done, job.run.total, job.run.serial) == (26, 26, 4)

    def test_a_form_that_nobody_knows_is_refused_with_the_remedy(self):
        job = exported(make.Team().head, "premises", "ods")

        assert (job.state, job.result_name) == ("failed", "")
        assert ".xlsx 或 .csv" in job.error


# What a spreadsheet could take for a formula, a link, a command, or for its own escapes.
HOSTILE = (
    '=HYPERLINK("http://evil.example","点我")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\r=1",
    "'=1",
    "http://evil.example/",
    "mailto:a@example.org",
    "<f>1+1</f>&amp;",
    "_x000D_\x0b",
    "2026-03-02",
    "00123",
)


class TestInert:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_in_a_book_it_is_text_and_nothing_else(self, text):
        team = make.Team()
        Premises.objects.filter(id=team.premises.id).update(name=text, usage="@x")

        job = exported(team.head, "premises")

        sheet = member(job, "xl/worksheets/sheet1.xml")
        with zipfile.ZipFile(io.BytesIO(content(job))) as book:
            assert not [name for name in book.namelist() if "_rels/sheet" in name]
        assert re.findall(r"<f[ >]|<hyperlink|<v>", sheet) == []
        assert set(re.findall(r'<c [^>]*t="(\w+)"', sheet)) == {"inlineStr"}
        (row,) = rows(job)
        assert row["单位名称*"].strip() == text.strip()

    def test_what_is_risky_stands_behind_a_quote(self):
        team = make.Team()
        Premises.objects.filter(id=team.premises.id).update(name="=1+1", usage="安全")

        job = exported(team.head, "premises")

        sheet, styles = member(job, "xl/worksheets/sheet1.xml"), member(job, "xl/styles.xml")
        formats = re.search(r"<cellXfs.*</cellXfs>", styles)
        assert formats is not None
        quoted = ['quotePrefix="1"' in one for one in re.findall(r"<xf [^>]*>", formats[0])]
        risky = re.search(r's="(\d+)"[^>]*><is><t>=1\+1<', sheet)
        plain = re.search(r's="(\d+)"[^>]*><is><t>安全<', sheet)
        assert risky is not None
        assert plain is not None
        assert (quoted[int(risky[1])], quoted[int(plain[1])]) == (True, False)

    @pytest.mark.parametrize("text", HOSTILE)
    def test_in_a_csv_no_cell_begins_like_a_formula(self, text):
        team = make.Team()
        Premises.objects.filter(id=team.premises.id).update(name=text)

        data = content(exported(team.head, "premises", "csv"))

        assert data.startswith(b"\xef\xbb\xbf")
        _head, line = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert line[1].removeprefix("'") in (text, text.removeprefix("'"))


# Who opens which list: door of the page or `readers` of the type.
LISTS = {
    "premises": RECORD_TYPES["premises"].readers,
    "hazards": RECORD_TYPES["hazard"].readers,
    "grids": RECORD_TYPES["grid"].readers,
    "households": RECORD_TYPES["household"].readers,
    "people": frozenset(PEOPLE) - {PostKind.GRID_WORKER, PostKind.PREMISES_MANAGER, PostKind.SYSTEM_ADMIN},
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_whoever_does_not_see_a_list_cannot_ask_for_its_file(kind):
    assert EXPORTS[kind].posts - {PostKind.CLOCK} == LISTS[kind]
    for post in sorted(PEOPLE - LISTS[kind]):
        with pytest.raises(Exception, match="forbidden"):
            perform(start, None, make.call(make.who(post)), Start(kind=f"export-{kind}"))
    assert (Job.objects.count(), Entry.objects.filter(what="job.start").count()) == (0, 0)


@pytest.mark.parametrize("kind", ["premises", "hazards", "grids", "households"])
def test_a_file_holds_the_rows_of_the_list_for_every_post(kind):
    team = make.Team()
    loop.served(team)
    make.household(make.grid(), state="active")
    elsewhere = make.organisation(region="150523000000", name="开鲁县大队")
    of = next(of for of in RECORD_TYPES.values() if of.plural == kind)

    for post in LISTS[kind]:
        for organisation in (team.brigade, elsewhere):
            who = make.who(post, organisation=organisation, region=organisation.region)
            seen = of.visible(who).count()
            assert exported(who, kind).run.done == seen, (post, organisation.name)


def test_the_file_of_people_holds_only_posts_in_reach():
    near = make.who(organisation=make.organisation())
    make.who(organisation=make.organisation(region="150523000000"), region="150523000000")

    assert posts_listed(near, {}).count() == 1
    assert len(rows(exported(near, "people"))) == 1


def test_memory_does_not_grow_with_the_table(tmp_path):
    columns = [Column(f"列{n}", str) for n in range(40)]
    kind = ExportKind("x", "表", frozenset(), columns, lambda _who, _said: Premises.objects.none())

    def peak(parts: int) -> int:
        folder = tmp_path / str(parts)
        tracemalloc.start()
        for part in range(parts):
            lines = (["西辽河面粉厂"] * 40 for _ in range(500))
            files.keep_part(folder, part, "xlsx", lines, part * 500)
        files.put_together(folder / "x.xlsx", kind, "xlsx", folder, parts, parts * 500)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few, many = peak(2), peak(12)

    assert many < few * 1.1
    assert many < 12 * 500 * 40 * 60  # less than the sheet's own text


def test_the_machine_itself_sees_no_households():
    assert [kind for kind, one in sorted(EXPORTS.items()) if CLOCK.kind not in one.posts] == [
        "households"
    ]
