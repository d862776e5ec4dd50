"""The register by page: choose a file, follow its job, fetch the faults."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fengsui.platform.jobs.step import step
from fengsui.platform.who import PostKind
from fengsui.registry.models import Premises
from tests import make
from tests.web.test_pages_of_every_type import client, signed_in

__all__ = ["client"]
pytestmark = pytest.mark.django_db
PAGE = "/desk/import/premises/"


def test_a_file_becomes_a_job_whose_page_gives_the_faults(client):
    make.region()
    signed_in(client, make.who(organisation=make.organisation()))
    text = "单位名称,区划代码,地址\r\n云岭商务酒店,150502001000,建国路\r\n丙,150502001000,丙街\r\n"

    begun = client.post(PAGE, {"file": SimpleUploadedFile("表.csv", text.encode("gb18030"))})
    while step(datetime.now(UTC)):
        pass
    shown = client.get(begun.url).content.decode()

    assert Premises.objects.get().name == "云岭商务酒店"
    assert "新增 1，更正 0，未变 0，有问题 1" in shown
    assert client.get(f"{begun.url}result").content[:2] == b"PK"


def test_the_page_names_the_columns_and_gives_a_template(client):
    signed_in(client, make.who())

    shown = client.get(PAGE).content.decode()

    assert all(title in shown for title in ("单位编码", "区划代码", "床位数"))
    assert client.get(f"{PAGE}template.xlsx").content[:2] == b"PK"


def test_without_a_file_nothing_begins(client):
    signed_in(client, make.who())

    answer = client.post(PAGE, {})

    assert (answer.status_code, "没有选择文件" in answer.content.decode()) == (422, True)


def test_only_those_who_keep_the_register_may_import_it(client):
    signed_in(client, make.who(PostKind.DETACHMENT_LEADER))

    assert client.get(PAGE).status_code == 403
