"""The draw without a database: `draw preview`, `draw verify`."""

import argparse
import json
import sys
from pathlib import Path

from fengsui.commands.declare import add, group, say
from fengsui.commands.reading import read_object, read_text
from fengsui.supervision.draw import bundle, pools


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    drawing = group(commands, "draw", "双随机抽取", "fengsui draw verify 抽取包.json")
    seen = add(
        drawing,
        "preview",
        preview,
        "按给定种子试抽并输出抽取包",
        "fengsui draw preview --premises P.csv --officers O.csv --params 参数.json --seed 50d8…",
        json=True,
    )
    for name in ("premises", "officers", "params"):
        seen.add_argument(f"--{name}", required=True, type=Path)
    seen.add_argument("--seed", required=True)
    checked = add(
        drawing,
        "verify",
        verify,
        "重新计算并核对抽取包",
        "fengsui draw verify 抽取包.json",
        json=True,
    )
    checked.add_argument("bundle", type=Path)


def preview(arguments: argparse.Namespace) -> int:
    units = pools.read_units(read_text(arguments.premises))
    officers = pools.read_officers(read_text(arguments.officers))
    params = pools.read_params(read_object(arguments.params), units, officers)
    made = bundle.bundle(units, officers, params, pools.read_seed(arguments.seed))
    say(json.dumps(made, ensure_ascii=False))
    return 0


def verify(arguments: argparse.Namespace) -> int:
    difference = bundle.first_difference(read_object(arguments.bundle))
    if arguments.json:
        said = {"identical": not difference, "difference": difference}
        say(json.dumps(said, ensure_ascii=False))
    elif difference:
        print(f"与重新计算的结果不同：{difference}", file=sys.stderr)
    else:
        say("重新计算的结果与抽取包完全相同")
    return 1 if difference else 0
