"""Judgements by the rulebook, without a database: `judge premises`, `judge major-hazard`, `judge penalty`."""

import argparse
import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

from fengsui.commands.asking import local_rulebook
from fengsui.commands.declare import add, say
from fengsui.enforcement import cases
from fengsui.enforcement import rules as penalties
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import StandardRule
from fengsui.registry.rules import Judgement, Standards, in_force, judge
from fengsui.supervision.major.rules import determine


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    judging = commands.add_parser("judge", help="依规则判定").add_subparsers(required=True)
    asked = add(
        judging,
        "premises",
        judge_premises,
        "判定场所类别并说明依据",
        "fengsui judge premises --file 场所.json",
    )
    asked.add_argument("--file", required=True, type=Path, help="JSON 文件")
    penal = add(
        judging,
        "penalty",
        judge_penalty,
        "判定应否处罚、幅度和程序",
        "fengsui judge penalty --case 案件.json",
    )
    penal.add_argument("--case", required=True, type=Path, help="JSON 文件")
    major = add(
        judging,
        "major-hazard",
        judge_major_hazard,
        "判定重大火灾隐患并说明依据",
        "fengsui judge major-hazard --standard GB35181-2017 --place 人员密集场所"
        " --elements 7.3.1,7.3.3,7.5",
    )
    major.add_argument("--standard", required=True)
    for name in ("place", "elements"):
        major.add_argument(f"--{name}", required=True, type=_listed, help="逗号分隔")
    for name in ("immediate", "excluded"):
        major.add_argument(f"--{name}", default=[], type=_listed, help="逗号分隔")


def judge_premises(arguments: argparse.Namespace) -> int:
    facts = read_object(arguments.file)
    word, region = _text(facts, "kind"), _text(facts, "region")
    judged = judge(word, facts, standards(_day(facts), region))
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


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]


def read_object(path: Path) -> dict[str, Any]:
    """A JSON object from a file. Refuses `file-unreadable`, `json-invalid`."""
    try:
        said = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Refusal("file-unreadable", file=str(path), why=error.strerror) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise Refusal("json-invalid", file=str(path), why=str(error)) from error
    if not isinstance(said, dict):
        raise Refusal("json-invalid", file=str(path), why="最外层应是一个对象 {…}")
    return said


def _text(facts: dict[str, Any], name: str) -> str:
    value = facts.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Refusal("field-missing", field=name)
    return value.strip()


def _day(facts: dict[str, Any]) -> date:
    try:
        return date.fromisoformat(_text(facts, "on"))
    except ValueError:
        raise Refusal("field-invalid", field="on", value=facts["on"], wanted="2026-03-02") from None


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
