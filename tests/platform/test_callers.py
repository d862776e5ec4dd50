"""Callers that are not people, and what the ledger keeps of persons."""

import json
from dataclasses import replace

import pytest

from fengsui.kernel import canonical
from fengsui.platform.accounts.actions import NewOrganisation, create_organisation
from fengsui.platform.accounts.models import Organisation, OrganisationKind
from fengsui.platform.actions import perform
from fengsui.platform.calls import Way
from fengsui.platform.ledger.models import Entry, KeyUse
from fengsui.platform.who import CLOCK, PUBLIC, PostKind, Who
from fengsui.registry.actions import Facts, register_premises
from fengsui.registry.models import Premises
from tests import make

pytestmark = pytest.mark.django_db
UNIT = NewOrganisation(name="顺达五金店", kind=OrganisationKind.UNIT, region="150502001000")
# The same action, were it open to machines and the public.
OPEN = replace(
    create_organisation, posts=frozenset({PostKind.PUBLIC, PostKind.DEVICE, PostKind.CLOCK})
)


def device(name: str) -> Who:
    return Who(kind=PostKind.DEVICE, name="独立式感烟探测器", device=name)


def said(done):
    return json.loads(Entry.objects.get(id=done.entry).body)


@pytest.mark.parametrize(
    ("who", "named"),
    [
        (CLOCK, {"kind": "clock", "name": "系统时钟"}),
        (PUBLIC, {"kind": "public", "name": "公众"}),
        (device("TL-1"), {"kind": "device", "name": "独立式感烟探测器", "device": "TL-1"}),
    ],
    ids=["clock", "public", "device"],
)
def test_the_ledger_names_them_by_what_is_known(who, named):
    done = perform(OPEN, None, make.call(who, way=Way.API), UNIT)

    assert said(done)["who"] == named
    assert said(done)["way"] == "api"


def test_every_device_has_keys_of_its_own():
    one = perform(OPEN, None, make.call(device("TL-1"), key="7"), UNIT)
    other = perform(OPEN, None, make.call(device("TL-2"), key="7"), UNIT)
    again = perform(OPEN, None, make.call(device("TL-1"), key="7"), UNIT)

    assert one.record != other.record
    assert (again.record, again.replayed) == (one.record, True)
    assert set(KeyUse.objects.values_list("caller", flat=True)) == {"TL-1", "TL-2"}


def test_two_posts_of_one_person_have_keys_of_their_own():
    person = make.user()
    first, second = (make.who(PostKind.SUPERVISOR, user=person) for _ in range(2))

    perform(create_organisation, None, make.call(first, key="7"), UNIT)
    perform(create_organisation, None, make.call(second, key="7"), UNIT)

    assert Organisation.objects.filter(kind="unit").count() == 2


PHONE = "13904751234"


@pytest.fixture
def registered():
    make.region()
    officer = make.who()
    form = Facts(
        name="顺达五金店",
        region="150502001000",
        address="民主街 7 号",
        kind="商场",
        area_m2=80,
        responsible_name="王立新",
        responsible_phone=PHONE,
    )
    done = perform(register_premises, None, make.call(officer, key="k"), form)
    return Premises.objects.get(id=done.made), said(done)


def test_a_phone_enters_the_ledger_only_as_a_salted_hash(registered):
    premises, entry = registered

    assert entry["inputs"]["responsible_phone"] == {
        "salted": canonical.salted(bytes(premises.salt), PHONE)
    }
    assert not any(PHONE in body for body in Entry.objects.values_list("body", flat=True))


def guessed(entry, salt: bytes) -> list[str]:
    """What somebody finds who tries every number of a block of ten thousand."""
    kept = entry["inputs"]["responsible_phone"]["salted"]
    tried = (f"1390475{n:04d}" for n in range(10_000))
    return [number for number in tried if canonical.salted(salt, number) == kept]


def test_with_the_salt_the_phone_is_proved_and_without_it_nobody_finds_it(registered):
    premises, entry = registered

    assert guessed(entry, bytes(premises.salt)) == [PHONE]
    # Erased: the value and its salt are gone, the ledger stands as it was.
    assert guessed(entry, b"") == []
    assert guessed(entry, bytes(16)) == []
