"""People with phones who use the numbers of one series in any order; also run as four of them at once.

    python -m tests.platform.documents.numbering SEED

plays it with four threads on the database of the environment and prints what does not add up.
"""

import os
import sys
from dataclasses import replace
from datetime import datetime
from random import Random
from threading import Thread

import django
from pydantic import BaseModel, ConfigDict

KIND = "immediate-order"


class Loose(BaseModel):
    """The form of a paper whose content does not matter here."""

    model_config = ConfigDict(extra="allow")


class Office:
    """One brigade, four posts. Each step is one transaction, as people would cause it."""

    def __init__(self, at: datetime) -> None:
        from fengsui.platform.documents.kinds import DOCUMENT_KINDS  # noqa: PLC0415  Django first
        from tests import make  # noqa: PLC0415

        DOCUMENT_KINDS[KIND] = replace(DOCUMENT_KINDS[KIND], form=Loose, about="premises")
        self.at = at
        self.agency = make.organisation()
        self.people = [make.who(organisation=self.agency) for _ in range(4)]
        self.head = make.who("brigade_head", organisation=self.agency)
        self.about = make.premises(self.agency)

    def step(self, step: str, person: int, choice: int) -> None:
        """Take, use, return, issue or annul; what cannot be done then is refused, and that is fine."""
        from fengsui.kernel.refusal import Refusal  # noqa: PLC0415

        try:
            getattr(self, step)(self.people[person], choice)
        except Refusal as refused:
            expected = {"block-held-already", "number-not-held", "block-returned", "illegal-move"}
            if refused.code not in expected | {"changed-meanwhile"}:
                raise

    def call(self, who, **over):
        from tests import make  # noqa: PLC0415

        return make.call(who, at=self.at, received_at=self.at, **over)

    def take(self, who, choice):
        from fengsui.platform.actions import perform  # noqa: PLC0415
        from fengsui.platform.documents.actions import Wanted, take_block  # noqa: PLC0415

        perform(take_block, None, self.call(who), Wanted(kind=KIND, count=1 + choice % 5))

    def issue(self, who, choice, numbers=None):
        from django.db import transaction  # noqa: PLC0415

        from fengsui.kernel.ids import new_id  # noqa: PLC0415
        from fengsui.platform.calls import Drafts  # noqa: PLC0415
        from fengsui.platform.documents import store  # noqa: PLC0415
        from fengsui.platform.documents.models import Document  # noqa: PLC0415

        draft = Drafts(kind=KIND, agency=self.agency.id, data={})
        call = self.call(who, numbers=numbers or {})
        with transaction.atomic():
            Document.objects.bulk_create(store.issue([draft], self.about, call, new_id()))

    def use(self, who, choice):
        held = self.blocks(who)
        if held:
            block = held[choice % len(held)]
            self.issue(who, choice, {KIND: block.first + choice % len(block.numbers)})

    def give_back(self, who, choice):
        from fengsui.platform.actions import perform  # noqa: PLC0415
        from fengsui.platform.documents.actions import Reason, return_block  # noqa: PLC0415

        for block in self.blocks(who)[:1]:
            perform(return_block, block.id, self.call(who), Reason(reason="手机更换"))

    def annul(self, who, choice):
        from fengsui.platform.actions import perform, persist  # noqa: PLC0415
        from fengsui.platform.documents.actions import Reason, annul  # noqa: PLC0415
        from fengsui.platform.documents.models import Document  # noqa: PLC0415

        papers = Document.objects.filter(kind=KIND, agency_id=self.agency.id).order_by("id")
        if papers:
            paper = papers[choice % len(papers)]
            call, form = self.call(self.head).child(), Reason(reason="当事人名称有误")
            persist(lambda: perform(annul, paper.id, call, form))

    def blocks(self, who):
        from fengsui.platform.documents.models import NumberBlock  # noqa: PLC0415

        return list(NumberBlock.objects.filter(holder_post=who.post_id).order_by("id"))


STEPS = ("take", "use", "use", "issue", "give_back", "annul")


def race(office: Office, seed: int, steps: int) -> list[str]:
    """Four people at once; what any of them died of."""
    died: list[str] = []

    def run(person: int) -> None:
        from django.db import connection  # noqa: PLC0415

        random = Random(seed * 10 + person)
        try:
            for _ in range(steps):
                office.step(random.choice(STEPS), person, random.randrange(1_000))
        except Exception as error:  # told to whoever started the race
            died.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(person,)) for person in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return died


def main(seed: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "fengsui.settings"
    django.setup()
    from fengsui.commands.install import prepare  # noqa: PLC0415
    from fengsui.platform.documents.queries import numbers_of  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    prepare()
    office = Office(make.NOON)
    died = race(office, seed, steps=25)
    numbers = numbers_of(office.agency.id, KIND, 2026)
    assert numbers.given > 20
    print(died, numbers.missing, numbers.doubled)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
