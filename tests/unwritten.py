"""That nothing was written: how many rows every table of the house has, and a digest of all of them."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps

from fengsui.kernel.refusal import Refusal


def tables() -> dict[str, tuple[int, str]]:
    """Table → number of rows, digest of all columns of all rows."""
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("fengsui."):
            rows = sorted(repr(row) for row in model._base_manager.values_list())
            digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
            found[model._meta.db_table] = (len(rows), digest)
    return found


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """The body is refused with one of `codes` (with any when none is named) and writes nothing."""
    before = tables()
    with pytest.raises(Refusal) as no:
        yield
    assert not codes or no.value.code in codes, f"refused with {no.value}, not with {codes}"
    assert tables() == before, "something was written"
