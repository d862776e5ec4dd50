"""Every lifecycle as a matrix typed by hand: rows are states, columns moves, `-` is refused.

The matrix is the expectation; the table in the code is what is tested. A new lifecycle fails here until
its matrix is typed.
"""

from collections.abc import Iterator

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.records import RECORD_TYPES

MATRICES = {
    "organisation": """
                close
        active  closed
        closed  -
    """,
    "post": """
                  leave     return  end
        held      on_leave  -       ended
        on_leave  -         held    ended
        ended     -         -       -
    """,
    "certificate": """
                   withdraw
        valid      withdrawn
        withdrawn  -
    """,
    "api_key": """
                 revoke
        valid    revoked
        revoked  -
    """,
    "ticket": """
                use   cancel
        issued  used  void
        used    -     -
        void    -     -
    """,
    "phone": """
                 revoke
        bound    revoked
        revoked  -
    """,
    "document": """
                serve   annul
        issued  served  void
        served  -       void
        void    -       -
    """,
    "number_block": """
                  return
        held      returned
        returned  -
    """,
    "task": """
                 mark_overdue  correct  reassign  finish
        open     overdue       open     open      done
        overdue  -             open     overdue   done
        done     -             -        -         -
        void     -             -        -         -
    """,
    "calendar_year": """
        (no moves)
        loaded
    """,
    "awaited_year": """
                 settle
        awaited  known
        known    -
    """,
    "notice_wish": """
                change
        stated  stated
    """,
    "address_use": """
        (no moves)
        recorded
    """,
    "channel_fault": """
                close
        open    closed
        closed  -
    """,
    "job": """
                   begin    finish  fail    pause   cancel     resume
        queued     running  -       failed  paused  cancelled  -
        running    -        done    failed  paused  cancelled  -
        paused     -        -       -       -       cancelled  queued
        done       -        -       -       -       -          -
        failed     -        -       -       -       -          queued
        cancelled  -        -       -       -       -          queued
    """,
    "premises": """
                    close   merge
        registered  closed  merged
        closed      -       -
        merged      -       -
    """,
    "building": """
                  remove
        standing  gone
        gone      -
    """,
    "key_declaration": """
                  list    decline   remove   lapse
        declared  listed  declined  -        removed
        listed    -       -         removed  removed
        declined  -       -         -        -
        removed   -       -         -        -
    """,
    "claim_code": """
                   use   cancel
        issued     used  cancelled
        used       -     -
        cancelled  -     -
    """,
    "delivery_confirmation": """
                   withdraw   lapse
        confirmed  withdrawn  lapsed
        withdrawn  -          -
        lapsed     -          -
    """,
    "grid": """
                 retire   split    merge
        in_use   retired  retired  retired
        retired  -        -        -
    """,
    "grid_assignment": """
                 end
        serving  ended
        ended    -
    """,
    "household": """
                close
        active  closed
        closed  -
    """,
    "inspection": """
                   arrive    conclude   send_back  confirm    give_up    cancel
        planned    underway  -          -          -          unvisited  cancelled
        underway   -         concluded  -          -          unvisited  -
        concluded  -         -          underway   confirmed  -          -
        confirmed  -         -          -          -          -          -
        unvisited  -         -          -          -          -          -
        cancelled  -         -          -          -          -          -
    """,
    "hazard": """
                    order    serve       extend      apply     pass    fail_early  fail     revoke
        found       ordered  -           -           -         -       -           -        -
        ordered     -        rectifying  -           -         -       -           -        found
        rectifying  -        -           rectifying  reported  closed  rectifying  overdue  found
        reported    -        -           -           -         closed  rectifying  overdue  found
        overdue     -        -           -           -         closed  -           overdue  found
        closed      -        -           -           -         -       -           -        -
    """,
}
# The state a record begins in: the first row, except where this says otherwise.
FIRST: dict[str, str] = {}


def rows(name: str) -> tuple[list[str], list[list[str]]]:
    """The moves in the first line, then a state and its targets in each other."""
    header, *lines = [line.split() for line in MATRICES[name].splitlines() if line.split()]
    return ([] if header == ["(no", "moves)"] else header), lines


def matrix(name: str) -> dict[tuple[str, str], str]:
    """(state, move) → the state it leads to, or `-`."""
    moves, lines = rows(name)
    return {
        (state, move): target
        for state, *targets in lines
        for move, target in zip(moves, targets, strict=True)
    }


def states(name: str) -> list[str]:
    return [line[0] for line in rows(name)[1]]


def cells() -> Iterator[tuple[str, str, str, str]]:
    for name in MATRICES:
        for (state, move), target in matrix(name).items():
            yield name, state, move, target


def test_every_lifecycle_has_its_matrix_and_no_other():
    missing = sorted(RECORD_TYPES.keys() - MATRICES.keys())
    assert not missing, f"type the matrices of {missing} into MATRICES"
    assert not sorted(MATRICES.keys() - RECORD_TYPES.keys())


@pytest.mark.parametrize("name", sorted(MATRICES))
def test_a_matrix_covers_every_state_and_every_move(name):
    lifecycle = RECORD_TYPES[name].lifecycle
    moves = {verb for _state, verb, _target in lifecycle.edges()}

    assert set(states(name)) == {state.value for state in lifecycle.states}
    assert {move for _state, move in matrix(name)} == {move.value for move in moves}
    assert lifecycle.initial == FIRST.get(name, states(name)[0])


@pytest.mark.parametrize(("name", "state", "move", "target"), list(cells()))
def test_a_move_leads_where_the_matrix_says_or_is_refused(name, state, move, target):
    lifecycle = RECORD_TYPES[name].lifecycle
    verb = next(verb for _state, verb, _target in lifecycle.edges() if verb == move)

    if target != "-":
        assert lifecycle.after(state, verb) == target
        return
    with pytest.raises(Refusal) as no:
        lifecycle.after(state, verb)
    assert no.value.code == "illegal-move"
    assert no.value.facts == {"state": lifecycle.title(state), "move": lifecycle.title(move)}


@pytest.mark.parametrize("name", sorted(MATRICES))
def test_every_declared_move_leads_somewhere_and_is_named_for_people(name):
    lifecycle = RECORD_TYPES[name].lifecycle
    edges = list(lifecycle.edges())
    words = {str(word) for word in lifecycle.titles}

    assert all(edges.count(edge) == 1 for edge in edges)
    moves = type(edges[0][1]) if edges else ()
    assert {move.value for move in moves} == {move for _state, move in matrix(name)}
    assert words >= {state.value for state in lifecycle.states} | {m.value for m in moves}
