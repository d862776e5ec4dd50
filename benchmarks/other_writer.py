"""Acts all the time, one short action after the other, and notes how long each took; until it is ended."""

import signal
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import django
from django.db import OperationalError

django.setup()

from fengsui.kernel.ids import new_id  # noqa: E402  after the settings are there
from fengsui.platform.accounts.actions import NewOrganisation, create_organisation  # noqa: E402  the same
from fengsui.platform.accounts.models import OrganisationKind  # noqa: E402  the same
from fengsui.platform.actions import perform  # noqa: E402  the same
from fengsui.platform.calls import Call, Way  # noqa: E402  the same
from fengsui.platform.who import CLOCK  # noqa: E402  the same

PAUSE_SECONDS = 0.05


def main(path: str) -> None:
    form = NewOrganisation(name="接警席", kind=OrganisationKind.UNIT, region="150502001000")
    over: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: over.append(number))
    with Path(path).open("a", encoding="utf-8", buffering=1) as waits:
        waits.write("ready\n")
        while not over:
            now = datetime.now(UTC)
            call = Call(CLOCK, Way.COMMAND, str(new_id()), now, now)
            start = time.perf_counter()
            with suppress(OperationalError):  # gave up waiting: that is the longest wait of all
                perform(create_organisation, None, call, form)
            waits.write(f"{(time.perf_counter() - start) * 1_000:.1f}\n")
            time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1])
