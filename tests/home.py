"""Every test process has a home of its own: keys are made in it, nothing outside it is read.

Loaded by `-p tests.home` before anything else, because Django's settings look at the home once.
"""

import atexit
import os
import shutil
import tempfile

_HOME = tempfile.mkdtemp(prefix="fengsui-test-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["FENGSUI_HOME"] = _HOME
os.environ["FENGSUI_TESTING"] = "1"
os.environ["FENGSUI_SECOND_FACTOR"] = "offered"  # the tests about it demand it themselves


def pytest_configure() -> None:
    from fengsui.platform import keys  # noqa: PLC0415  settings must see the home first

    keys.ensure()
