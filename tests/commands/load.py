"""People at work: four threads that register organisations and a fifth that seals and signs.

`python -m tests.commands.load`: says "working" once all have begun; ends when its standard input ends.
"""

import sys
import threading
from datetime import UTC, datetime

import django


def main() -> None:
    django.setup(set_prefix=False)
    from fengsui.kernel.ids import new_id  # noqa: PLC0415  after the set-up
    from fengsui.platform.accounts.actions import NewOrganisation, create_organisation  # noqa: PLC0415
    from fengsui.platform.accounts.models import OrganisationKind  # noqa: PLC0415
    from fengsui.platform.actions import perform  # noqa: PLC0415
    from fengsui.platform.calls import Call, Way  # noqa: PLC0415
    from fengsui.platform.ledger import store  # noqa: PLC0415
    from fengsui.platform.who import CLOCK  # noqa: PLC0415

    stop, begun = threading.Event(), threading.Barrier(6)

    def work(number: int) -> None:
        count = 0
        while not stop.is_set():
            now = datetime.now(UTC)
            call = Call(CLOCK, Way.COMMAND, str(new_id()), now, now)
            form = NewOrganisation(
                name=f"单位{number}-{count}\n\\N\t“续”",
                kind=OrganisationKind.UNIT,
                region="150502001000",
            )
            perform(create_organisation, None, call, form)
            count += 1
            if count == 3:
                begun.wait()

    def seal() -> None:
        begun.wait()
        while not stop.wait(0.02):
            store.seal(datetime.now(UTC), 50)
            store.sign(datetime.now(UTC))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    threads.append(threading.Thread(target=seal))
    for thread in threads:
        thread.start()
    begun.wait()
    print("working", flush=True)  # noqa: T201  the test waits for it
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
