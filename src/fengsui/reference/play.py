"""The whole season in order: people, premises, then day by day, with the clock between them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from fengsui.kernel.ids import supplied_by
from fengsui.platform.regions.queries import counties
from fengsui.reference.player import PREFECTURE, SEASON_DAYS, Player, brigade, people
from fengsui.reference.season import Season

Report = Callable[[int, int, str], None]


def play(player: Player, brigades: int, places: int, visits: float, report: Report) -> None:
    """The whole season: people, premises, visits day by day, the clock between them."""
    with supplied_by(player.source):
        people(player)
        chosen = counties(PREFECTURE)[:brigades]
        teams = []
        for number, county in enumerate(chosen, start=1):
            teams.append(brigade(player, county.code, county.name, places))
            report(number, len(chosen) + SEASON_DAYS, county.name)
        player.step()
        season = Season(player, teams, visits)
        for number, day in enumerate(days(player), start=1):
            season.play(day)
            player.step()
            report(len(chosen) + number, len(chosen) + SEASON_DAYS, day.isoformat())


def days(player: Player) -> Iterator[date]:
    first = player.until - timedelta(days=SEASON_DAYS - 1)
    for offset in range(SEASON_DAYS):
        yield first + timedelta(days=offset)
