import pytest

from tests import make


@pytest.fixture
def team():
    return make.Team()
