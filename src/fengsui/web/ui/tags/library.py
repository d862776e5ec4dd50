"""The one tag library all component modules register with."""

from itertools import count

from django.template import Library

register = Library()
_numbers = count(1)


def fresh_id(stem: str) -> str:
    """An element id that no other component on the page has."""
    return f"{stem}-{next(_numbers)}"
