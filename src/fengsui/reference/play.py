"""The whole season in order: people, the register, then day by day, with the clock between them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from fengsui.kernel.ids import supplied_by
from fengsui.platform.regions.queries import counties, villages
from fengsui.reference.opening import opened
from fengsui.reference.player import PREFECTURE, Player, people
from fengsui.reference.scale import Scale, quotas
from fengsui.reference.season import Season
from fengsui.reference.today import schedule

Report = Callable[[int, int, str], None]
_ROWS_A_DAY, _ROWS_A_VISIT = (
    25,
    50,
)  # a day with its visits takes as long as so many rows of a table


def play(player: Player, scale: Scale, report: Report) -> None:
    """Everything up to the last day; `report(done, total, words)` hears what is being played."""
    with supplied_by(player.source):
        people(player)
        around = counties(PREFECTURE)
        parts = quotas({one.code: dict(villages(one.code)) for one in around}, scale.share)
        chosen = around[: scale.brigades]
        day_rows = round(_ROWS_A_DAY + _ROWS_A_VISIT * scale.visits)
        total = sum(parts[one.code].rows for one in chosen) + player.days * day_rows
        progress = _Progress(total, report)
        teams = []
        for county in chosen:
            quota = parts[county.code]
            teams.append(opened(player, county, quota, scale.visited, progress.advance))
        with player.part("后台：期限、封存"):
            player.step()
        season, staged = Season(player, teams, scale.visits), schedule(player)
        for day in days(player):
            player.now = player.morning(day)
            with player.part("检查、隐患、文书"):
                season.play(day)
                for team in teams if day in staged else ():
                    staged[day](team)
            with player.part("后台：期限、封存"):
                player.step()
            progress.advance(f"检查 {day}", day_rows)


class _Progress:
    """How far it is, in rows."""

    def __init__(self, total: int, report: Report) -> None:
        self.total, self.done, self._report = total, 0, report

    def advance(self, words: str, rows: int) -> None:
        self.done += rows
        self._report(self.done, self.total, words)


def days(player: Player) -> Iterator[date]:
    first = player.until - timedelta(days=player.days - 1)
    for offset in range(player.days):
        yield first + timedelta(days=offset)
