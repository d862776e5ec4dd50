"""People at work: four threads that register organisations and a fifth that seals and signs.

`python -m tests.commands.load`: says "working" once all have begun and a head is signed; ends when its
standard input ends.
"""

import sys
import threading
from datetime import UTC, datetime

import django

django.setup(set_prefix=False)

from fengsui.kernel.ids import new_id  # noqa: E402  after the set-up
from fengsui.platform.accounts.actions import NewOrganisation, create_organisation  # noqa: E402
from fengsui.platform.accounts.models import OrganisationKind  # noqa: E402
from fengsui.platform.actions import perform  # noqa: E402
from fengsui.platform.calls import Call, Way  # noqa: E402
from fengsui.platform.ledger import store  # noqa: E402
from fengsui.platform.who import CLOCK  # noqa: E402

STOP, BEGUN = threading.Event(), threading.Barrier(6)


def register(name):
    now = datetime.now(UTC)
    call = Call(CLOCK, Way.COMMAND, str(new_id()), now, now)
    form = NewOrganisation(name=name, kind=OrganisationKind.UNIT, region="150502001000")
    perform(create_organisation, None, call, form)


def work(number):
    count = 0
    while not STOP.is_set():
        register(f"单位{number}-{count}\n\\N\t“续”")
        count += 1
        if count == 3:
            BEGUN.wait()


def seal():
    while store.sign(datetime.now(UTC)) is None:
        store.seal(datetime.now(UTC), 50)
    BEGUN.wait()
    while not STOP.wait(0.02):
        store.seal(datetime.now(UTC), 50)
        store.sign(datetime.now(UTC))


def main():
    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    threads.append(threading.Thread(target=seal))
    for thread in threads:
        thread.start()
    BEGUN.wait()
    print("working", flush=True)  # noqa: T201  the test waits for it
    sys.stdin.read()
    STOP.set()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
