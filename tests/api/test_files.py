"""Files by HTTP: evidence as it came, a copy without place and device, uploads over bad lines."""

import hashlib
import os
import threading
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from fengsui.kernel.refusal import Refusal
from fengsui.platform.files import uploads
from fengsui.platform.files.models import StoredFile
from tests import make
from tests.api.client import Program, done, refused
from tests.api.pictures import photo, place_of
from tests.supervision import loop

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40


def part(program, upload, offset, data):
    return program.http.generic(
        "PATCH",
        f"/api/v1/uploads/{upload}",
        data,
        headers={"Authorization": f"Bearer {program.secret}", "Upload-Offset": str(offset)},
    )


def begun(program, size, name="卷宗.pdf"):
    return done(program.send("POST", "uploads", {"size": size, "name": name}))["id"]


def bytes_of(program, address):
    answer = program.send("GET", address)
    assert answer.status_code == 200, answer.content
    return answer.content


def test_place_and_device_stay_in_the_evidence_and_not_in_the_copy(team):
    program, taken = Program(team.lead), photo()
    stored = done(program.upload(taken, "image/jpeg", "%E7%85%A7%E7%89%87.jpg"))

    evidence = bytes_of(program, f"files/{stored['id']}")
    copy = bytes_of(program, f"files/{stored['id']}/public")

    assert (stored["sha256"], stored["size"]) == (hashlib.sha256(taken).hexdigest(), len(taken))
    assert evidence == taken
    assert place_of(evidence)[2] == (43.0, 36.0, 55.5)
    assert place_of(copy) == {}
    assert b"Canary Phone" not in copy
    assert StoredFile.objects.get().name == "照片.jpg"


def test_a_copy_is_no_wider_than_the_house_allows(team):
    program = Program(team.lead)
    stored = done(program.upload(photo(width=2400, height=1200), "image/jpeg"))

    copy = bytes_of(program, f"files/{stored['id']}/public")

    # PICTURE-LIMITS: 1600 pixels.
    assert Image.open(BytesIO(copy)).size == (1600, 800)


def test_a_form_with_a_file_does_as_well(team):
    program = Program(team.lead)

    answer = program.http.post(
        "/api/v1/files",
        {"file": SimpleUploadedFile("a.jpg", photo(), "image/jpeg")},
        headers={"Authorization": f"Bearer {program.secret}"},
    )

    assert done(answer)["media_type"] == "image/jpeg"


def test_our_own_pages_send_raw_bytes_with_their_token(team):
    make.password(team.lead, "a long enough one 1")
    http = Client(enforce_csrf_checks=True)
    http.get("/sign-in")
    token = http.cookies["csrftoken"].value
    http.post("/sign-in", {"username": make.username(team.lead), "csrfmiddlewaretoken": token,
                           "password": "a long enough one 1"})  # fmt: skip
    headers = {"X-CSRFToken": http.cookies["csrftoken"].value, "Upload-Offset": "0"}

    bare = http.generic("POST", "/api/v1/files", photo(), "image/jpeg")
    sent = http.generic("POST", "/api/v1/files", photo(), "image/jpeg", headers=headers)
    asked = http.generic("POST", "/api/v1/uploads", b'{"size": %d}' % len(PDF),
                         "application/json", headers=headers)  # fmt: skip
    address = f"/api/v1/uploads/{done(asked)['id']}"
    whole = http.generic("PATCH", address, PDF, "application/octet-stream", headers=headers)

    refused(bare, 403, "csrf-missing")
    assert done(sent)["media_type"] == "image/jpeg"
    assert done(whole)["file"]


def test_a_file_is_seen_by_its_sender_and_by_whoever_sees_the_record(team):
    lead, second = Program(team.lead), Program(team.second)
    stranger = Program(make.who(organisation=make.organisation(region="150523000000")))
    stored = done(lead.upload(photo(), "image/jpeg"))["id"]
    refused(second.send("GET", f"files/{stored}"), 404, "file-unseen")

    visit = loop.planned(team)
    lead.act("inspections", visit.id, "arrive")
    finding = {"code": "C04", "place": "二层", "text": "堆放布草箱", "disposal": "corrected"}
    lead.act("inspections", visit.id, "add_finding", {**finding, "photos": [stored]})

    assert second.send("GET", f"files/{stored}").status_code == 200
    refused(stranger.send("GET", f"files/{stored}"), 404, "file-unseen")
    refused(stranger.send("GET", f"files/{stored}/public"), 404, "file-unseen")


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "file-empty"),
        (b"<svg onload='alert(1)'/>", 415, "file-type"),
        (b"<html><script>", 415, "file-type"),
        (photo()[:900], 422, "picture-broken"),
        (b"\xff\xd8\xff" + b"x" * 500, 422, "picture-broken"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 500, 422, "picture-broken"),
    ],
    ids=["empty", "svg", "html", "cut off", "no jpeg", "no png"],
)
def test_what_is_no_evidence_is_refused(team, data, status, code):
    refused(Program(team.lead).upload(data, "image/jpeg"), status, code)

    assert not StoredFile.objects.exists()


def test_a_picture_bomb_is_refused_before_it_is_drawn(team):
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")

    # PICTURE-LIMITS: a hundred million pixels.
    refused(Program(team.lead).upload(out.getvalue(), "image/png"), 422, "picture-too-large")


def test_an_upload_goes_on_where_the_line_broke(team):
    program = Program(team.lead)
    upload = begun(program, len(PDF))
    done(part(program, upload, 0, PDF[:3000]))

    problem = refused(part(program, upload, 2000, PDF[2000:]), 409, "upload-offset")
    assert problem["facts"] == {"offset": 3000}
    assert program.get(f"uploads/{upload}")["offset"] == 3000
    last = done(part(program, upload, 3000, PDF[3000:]))

    assert bytes_of(program, f"files/{last['file']}") == PDF
    assert StoredFile.objects.get().name == "卷宗.pdf"
    # The answer to the last part may get lost: asking and sending again find the same file.
    assert program.get(f"uploads/{upload}")["file"] == last["file"]
    assert done(part(program, upload, 3000, PDF[3000:]))["file"] == last["file"]
    assert StoredFile.objects.count() == 1


def test_an_upload_is_its_senders_alone(team):
    upload = begun(Program(team.lead), len(PDF))
    other = Program(team.second)

    refused(other.send("GET", f"uploads/{upload}"), 404, "upload-unknown")
    refused(part(other, upload, 0, PDF), 404, "upload-unknown")


def test_more_than_was_announced_is_refused_and_forgotten(team):
    program = Program(team.lead)
    upload = begun(program, 10)
    done(part(program, upload, 0, b"%PDF-"))

    refused(part(program, upload, 5, b"x" * 6), 422, "upload-too-long")

    assert program.get(f"uploads/{upload}")["offset"] == 5


def test_an_upload_beyond_every_limit_does_not_begin(team):
    # FILE-LIMITS: a video may have 500,000,000 bytes, nothing has more.
    answer = Program(team.lead).send("POST", "uploads", {"size": 500_000_001, "name": "v.mp4"})

    refused(answer, 413, "file-too-large")


def test_an_upload_that_turns_out_to_be_no_evidence_is_gone(team):
    program = Program(team.lead)
    upload = begun(program, 4)

    refused(part(program, upload, 0, b"MZ\x90\x00"), 415, "file-type")

    refused(program.send("GET", f"uploads/{upload}"), 404, "upload-unknown")


def test_two_parts_at_once_do_not_mix():
    """Both say offset 0: one is written, the other is told the true offset."""
    who, now = make.who(), timezone.now()
    upload = uploads.begin(2000, "a.pdf", who, now)
    written, refusals = [], []
    start = threading.Barrier(2)

    def send(letter):
        start.wait()
        try:
            written.append(uploads.append(upload.id, 0, [letter * 100] * 10, who, now).offset)
        except Refusal as no:
            refusals.append(no.facts["offset"])

    threads = [threading.Thread(target=send, args=(letter,)) for letter in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (written, refusals) == ([1000], [1000])
    kept = (uploads.folder() / f"{upload.id.hex}.part").read_bytes()
    assert kept in (b"a" * 1000, b"b" * 1000)


def test_what_nobody_goes_on_with_is_cleared_in_time():
    who, now = make.who(), timezone.now()
    old, fresh = (uploads.begin(10, name, who, now) for name in ("old", "fresh"))
    past = (now - timedelta(hours=73)).timestamp()  # UPLOADS: kept for 72 hours
    os.utime(uploads.folder() / f"{old.id.hex}.part", (past, past))

    assert uploads.clear_stale(now) == 1

    assert uploads.standing(fresh.id, who).offset == 0
    with pytest.raises(Refusal, match="upload-unknown"):
        uploads.standing(old.id, who)


def test_a_paper_comes_as_pdf_for_whoever_sees_its_record(team):
    hazard = loop.ordered(team)
    paper = Program(team.lead).get(f"hazards/{hazard.id}")["documents"][0]

    assert bytes_of(Program(team.head), paper["href"])[:5] == b"%PDF-"
    stranger = Program(make.who(organisation=make.organisation(region="150523000000")))
    refused(stranger.send("GET", paper["href"]), 404, "document-missing")
