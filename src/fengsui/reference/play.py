"""The whole season in order: people, premises, then day by day, with the clock between them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from fengsui.kernel.ids import supplied_by
from fengsui.platform.regions.queries import counties
from fengsui.reference.player import PREFECTURE, Player, brigade, people
from fengsui.reference.season import Season
from fengsui.reference.today import schedule

Report = Callable[[int, int, str], None]


def play(player: Player, brigades: int, places: int, visits: float, report: Report) -> None:
    """The whole season: people, premises, visits day by day, the clock between them."""
    with supplied_by(player.source):
        people(player)
        chosen = counties(PREFECTURE)[:brigades]
        teams = []
        for number, county in enumerate(chosen, start=1):
            teams.append(brigade(player, county.code, county.name, places))
            report(number, len(chosen) + player.days, county.name)
        player.step()
        season, staged = Season(player, teams, visits), schedule(player)
        for number, day in enumerate(days(player), start=1):
            player.now = player.morning(day)
            season.play(day)
            for team in teams if day in staged else ():
                staged[day](team)
            player.step()
            report(len(chosen) + number, len(chosen) + player.days, day.isoformat())


def days(player: Player) -> Iterator[date]:
    first = player.until - timedelta(days=player.days - 1)
    for offset in range(player.days):
        yield first + timedelta(days=offset)
