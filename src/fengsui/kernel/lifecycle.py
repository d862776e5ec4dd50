"""State tables: data first, one look-up, no inheritance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from fengsui.kernel.refusal import Refusal

S = TypeVar("S", bound=StrEnum)
M = TypeVar("M", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Lifecycle(Generic[S, M]):
    """Where a record of one type may stand and what leads from there.

    A record is created in `initial`; `titles` names states and moves for people, in Chinese.
    """

    initial: S
    table: Mapping[tuple[S, M], S]
    titles: Mapping[StrEnum, str]

    def after(self, state: str, move: StrEnum) -> S:
        """The state that `move` leads to. Refuses `illegal-move`."""
        for (source, verb), target in self.table.items():
            if source == state and verb == move:
                return target
        raise Refusal("illegal-move", state=self.title(state), move=self.title(move))

    def sources(self, move: StrEnum) -> tuple[S, ...]:
        return tuple(source for source, verb in self.table if verb == move)

    def moves_from(self, state: str) -> tuple[M, ...]:
        return tuple(move for source, move in self.table if source == state)

    def edges(self) -> Iterator[tuple[S, M, S]]:
        for (source, move), target in self.table.items():
            yield source, move, target

    def title(self, word: str) -> str:
        return next((title for key, title in self.titles.items() if key == word), str(word))

    @property
    def states(self) -> type[S]:
        return type(self.initial)
