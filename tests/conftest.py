"""Every test run has a home of its own: keys are made in it, nothing outside it is read."""

import os
import tempfile

_HOME = tempfile.mkdtemp(prefix="fengsui-test-")
os.environ["FENGSUI_HOME"] = _HOME
os.environ.setdefault("FENGSUI_TESTING", "1")


def pytest_configure() -> None:
    from fengsui.platform import keys  # noqa: PLC0415  settings must see the home first

    keys.ensure()
