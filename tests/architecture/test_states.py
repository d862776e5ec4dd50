"""The diagrams of states follow the declarations."""

import pytest

from fengsui.platform.declared import ACTIONS
from fengsui.platform.records import RECORD_TYPES
from tools import states


def test_the_page_of_states_is_current():
    written = states.TARGET.read_text("utf-8")

    assert written == states.page(), f"docs/states.md is out of date: run `{states.COMMAND}`"


@pytest.mark.parametrize("name", sorted(RECORD_TYPES))
def test_every_action_and_state_is_on_the_page(name):
    of, page = RECORD_TYPES[name], states.page()

    assert all(f'"{of.lifecycle.title(state)}" as {state}' in page for state in of.lifecycle.states)
    assert all(found.title in page for found in ACTIONS.values() if found.of is of)
