"""The one exception for "no"."""

from collections.abc import Mapping


class Refusal(Exception):
    """A domain says no. `code` names the reason, `facts` what a person needs to put it right.

    Text and HTTP status are added at the edge, never here.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code} {dict(self.facts)}" if self.facts else self.code
