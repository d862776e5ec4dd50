import pytest

from tests.web.conftest import browser as browser  # noqa: PLC0414  the same Chromium

from tests import make


@pytest.fixture
def team():
    return make.Team()
