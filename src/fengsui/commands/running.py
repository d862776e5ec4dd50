"""Set-up and running: `init`, `up`, `serve`, `worker`, `demo`."""

import argparse
from pathlib import Path

from fengsui.commands.declare import Said, add, say, set_up, tell


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = add(
        commands, "init", init, "建立空的系统", "fengsui init --admins wang,li,zhao", json=True
    )
    made.add_argument(
        "--admins", default="system,security,audit", help="系统、安全、审计管理员的登录名"
    )
    made.add_argument("--regions", type=Path)
    made.add_argument("--certificate", type=Path, help="已有的服务器证书（PEM）")
    made.add_argument("--key", type=Path, help="该证书的私钥（PEM）")
    linked = add(
        commands,
        "start-link",
        start_link,
        "给一个人发一次性链接",
        "fengsui start-link wang",
        json=True,
    )
    linked.add_argument("username", metavar="USERNAME")
    linked.add_argument("--clear-second-factor", action="store_true", help="同时清除第二因素")
    for name, run, what in (
        ("serve", serve, "网页服务"),
        ("up", up, "网页服务和后台一起"),
        ("worker", worker, "后台"),
    ):
        command = add(commands, name, run, what, f"fengsui {name}")
        command.add_argument("--port", type=int, default=8000)
        command.add_argument("--host", default="127.0.0.1")
        command.add_argument("--behind-proxy", action="store_true", help="HTTPS 由前面的代理负责")
    played = add(commands, "demo", demo, "演示一个季度的检查", "fengsui demo --no-serve")
    season = played.add_mutually_exclusive_group()
    season.add_argument("--until", default="today", help="季度的最后一天，例如 2026-11-24")
    season.add_argument("--year", type=int, help="演示整年，例如 2022")
    played.add_argument("--scale", choices=("small", "full"), default="full")
    played.add_argument("--seed", type=int, default=1)
    played.add_argument("--port", type=int, default=8000)
    played.add_argument("--host", default="127.0.0.1")
    played.add_argument("--no-serve", action="store_true")


def init(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.commands import install

    given = (arguments.certificate, arguments.key)
    made = install.initialise(arguments.admins.split(","), arguments.regions, given)
    tell(made, as_json=arguments.json)
    return 0


def start_link(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.commands import install

    link = install.link(arguments.username, clears_second_factor=arguments.clear_second_factor)
    tell([Said(link, {"username": arguments.username, "link": link})], as_json=arguments.json)
    return 0


def serve(arguments: argparse.Namespace) -> int:
    from fengsui.commands import processes

    return processes.serve(arguments.host, arguments.port, behind_proxy=arguments.behind_proxy)


def worker(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.commands import processes

    return processes.work()


def up(arguments: argparse.Namespace) -> int:
    from fengsui.commands import processes

    return processes.up(arguments.host, arguments.port, behind_proxy=arguments.behind_proxy)


def demo(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.commands import demonstration, processes

    for line in demonstration.play(
        arguments.until, arguments.year, arguments.scale, arguments.seed, arguments.port
    ):
        say(line)
    return 0 if arguments.no_serve else processes.up(arguments.host, arguments.port)
