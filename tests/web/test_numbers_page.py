"""The page on which a head sees that every number of his agency's papers is accounted for."""

import pytest

from fengsui.platform.documents.models import NumberSeries
from tests import make
from tests.supervision import loop
from tests.web.test_pages_of_every_type import signed_in

pytestmark = pytest.mark.django_db


# One order was written, as number 1. What the page must say when the series says otherwise:
@pytest.mark.parametrize(
    ("following", "said"),
    [(2, "无缺号、重号"), (4, "缺号 2、3"), (1, "重号 1")],
    ids=["in order", "two given out and gone", "used but never given out"],
)
def test_each_number_is_accounted_for_or_named(client, settings, following, said):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    team = make.Team()
    loop.served(team)
    orders = NumberSeries.objects.filter(kind="rectification-order")
    assert orders.update(next=following) == 1
    signed_in(client, team.head)

    shown = client.get("/desk/documents/numbers").content.decode()

    row = next(row for row in shown.split("<tr") if "责令限期改正通知书" in row)
    assert said in row
