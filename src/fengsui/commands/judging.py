"""Judgements by the rulebook, without a database: `judge premises`, `judge major-hazard`, `judge penalty`."""

import argparse
import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

from fengsui.commands.asking import local_rulebook
from fengsui.commands.declare import add, group, say
from fengsui.commands.reading import read_object
from fengsui.enforcement import cases
from fengsui.enforcement import rules as penalties
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import StandardRule
from fengsui.registry.rules import Judgement, Standards, in_force, judge
from fengsui.supervision.major.rules import determine


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    judging = group(commands, "judge", "依规则判定", "fengsui judge premises --file 场所.json")
    asked = add(
        judging,
        "premises",
        judge_premises,
        "判定场所类别并说明依据",
        "fengsui judge premises --file 场所.json",
        json=True,
    )
    asked.add_argument("--file", required=True, type=Path, help="JSON 文件")
    penal = add(
        judging,
        "penalty",
        judge_penalty,
        "判定应否处罚、幅度和程序",
        "fengsui judge penalty --case 案件.json",
        json=True,
    )
    penal.add_argument("--case", required=True, type=Path, help="JSON 文件")
    major = add(
        judging,
        "major-hazard",
        judge_major_hazard,
        "判定重大火灾隐患并说明依据",
        "fengsui judge major-hazard --standard GB35181-2017 --place 人员密集场所"
        " --elements 7.3.1,7.3.3,7.5",
        json=True,
    )
    major.add_argument("--standard", required=True)
    major.add_argument("--place", required=True, type=_named, help="逗号分隔")
    major.add_argument("--elements", required=True, type=_listed, help="逗号分隔")
    for name in ("immediate", "excluded"):
        major.add_argument(f"--{name}", default=[], type=_listed, help="逗号分隔")


def judge_premises(arguments: argparse.Namespace) -> int:
    facts = read_object(arguments.file)
    on, region, word = _told(facts, "on", "region", "kind")
    judged = judge(word, facts, standards(_day(on), region))
    say(json.dumps(_said(judged), ensure_ascii=False))
    return 0


def judge_penalty(arguments: argparse.Namespace) -> int:
    case = cases.read(read_object(arguments.case))
    found = penalties.judge(*cases.settled(case, local_rulebook()))
    say(json.dumps(dataclasses.asdict(found), ensure_ascii=False))
    return 0


def judge_major_hazard(arguments: argparse.Namespace) -> int:
    found = determine(
        _standard(arguments.standard),
        arguments.place,
        arguments.elements,
        arguments.immediate,
        arguments.excluded,
    )
    say(json.dumps(dataclasses.asdict(found), ensure_ascii=False))
    return 1 if found.major is None else 0


def _standard(edition: str) -> StandardRule:
    """An edition by its name. Refuses `unknown-standard`."""
    editions = [
        rule
        for rule in local_rulebook().rules()
        if isinstance(rule, StandardRule) and rule.id == "GB35181"
    ]
    for rule in editions:
        if rule.edition == edition:
            return rule
    raise Refusal("unknown-standard", standard=edition, known=[rule.edition for rule in editions])


def _named(text: str) -> list[str]:
    if not (found := _listed(text)):
        raise argparse.ArgumentTypeError("请至少写一项")
    return found


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]


def _told(facts: dict[str, Any], *names: str) -> list[str]:
    """Fields that must be words. Refuses `field-missing`, naming all that are not."""
    found = {name: value for name in names if isinstance(value := facts.get(name), str)}
    if missing := [name for name in names if not found.get(name, "").strip()]:
        raise Refusal("field-missing", field="、".join(missing))
    return [found[name].strip() for name in names]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("field-invalid", field="on", value=text, wanted="2026-03-02") from None


def standards(on: date, region: str) -> Standards:
    """The words and thresholds in force. Refuses `rule-not-in-force` where none is known."""
    return in_force(local_rulebook(), on, region)


def _said(judged: Judgement) -> dict[str, Any]:
    return {
        "class": judged.premises_class.value,
        "public_assembly": judged.public_assembly,
        "crowded": judged.crowded,
        "because": [
            {"threshold": why.threshold, "value": why.value, "source": why.source, "tag": why.tag}
            for why in judged.because
        ],
    }
