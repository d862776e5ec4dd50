"""The two hand-written tables, read."""

import csv
from dataclasses import dataclass
from pathlib import Path

from fengsui.platform import who
from fengsui.platform.who import PostKind

HERE = Path(__file__).parent
NOBODY = "nobody"
PEOPLE = tuple(kind for kind in PostKind if kind in who.PEOPLE)
VISITORS = (*PEOPLE, NOBODY)
ANSWERS = {"allow", "forbidden", "hidden", "sign_in"}
ONLY = {
    "",
    "本人",
    "主检人员",
    "第二人",
    "两名检查人员",
    "两名检查人员或本大队大队长",
    "本大队",
    "持有人",
    "持凭据者",
    "持认领码者",
}
PLACES = {"everybody", "everywhere", "own region", "own unit", "own organisation", "own post"}


@dataclass(frozen=True)
class UrlRow:
    """One address: `cells` says what each kind of post, and nobody, gets.

    `arguments` fill the address from the world of the test: `record_id={hazard.id}`. `gate` is "door"
    where the view's door decides, "page" where the page asks further, "api" where the API does.
    """

    name: str
    gate: str
    method: str
    record: str
    arguments: str
    place: str
    note: str
    cells: dict[str, str]


@dataclass(frozen=True)
class ActionRow:
    """One action in one state of its record (`-` for a creation); `only` is what a guard asks."""

    action: str
    state: str
    place: str
    only: str
    note: str
    cells: dict[str, bool]

    @property
    def allowed(self) -> list[PostKind]:
        return [kind for kind in PostKind if self.cells[kind]]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def url_rows() -> list[UrlRow]:
    return [
        UrlRow(
            **{field: row[field] for field in UrlRow.__annotations__ if field != "cells"},
            cells={visitor: row[visitor] for visitor in VISITORS},
        )
        for row in _rows("urls.csv")
    ]


def action_rows() -> list[ActionRow]:
    return [
        ActionRow(
            **{field: row[field] for field in ActionRow.__annotations__ if field != "cells"},
            cells={kind.value: {"yes": True, "no": False}[row[kind]] for kind in PostKind},
        )
        for row in _rows("actions.csv")
    ]
