"""A draw as one JSON object that anybody can compute again, and the check that it is what it says."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fengsui.kernel.refusal import Refusal
from fengsui.supervision.draw import pools
from fengsui.supervision.draw.rules import VERSION, Officer, Params, Unit, draw

_NONCE = re.compile(r"[0-9a-f]{64}")
_SEPARATORS = (",", ":")


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody who committed to a nonce before anybody knew the others' (32 bytes, hex)."""

    id: str
    commitment: str
    nonce: str


def bundle(
    units: Sequence[Unit],
    officers: Sequence[Officer],
    params: Params,
    seed: str,
    witnesses: Sequence[Witness] = (),
    public: str = "",
) -> dict[str, Any]:
    """Draw and write down everything that somebody needs to do it again."""
    result = draw(units, officers, params, seed)
    inputs = inputs_of(units, officers, params)
    return {
        "version": VERSION,
        "draw_id": params.draw_id,
        "seed": seed,
        "premises": inputs["premises"],
        "officers": inputs["officers"],
        "params": inputs["params"],
        "selected": [
            {
                "code": unit.code,
                "stratum": unit.stratum,
                "rank": unit.rank,
                "officers": list(unit.officers),
            }
            for unit in result.selected
        ],
        "reserve": {stratum: list(codes) for stratum, codes in result.reserve.items()},
        "unstaffed": [{"code": code, "reason": why} for code, why in result.unstaffed],
        "thresholds": dict(result.thresholds),
        "pool_sha256": pool_sha256(units),
        "inputs_sha256": inputs_sha256(inputs),
        "witnesses": [
            {"id": witness.id, "commitment": witness.commitment, "nonce": witness.nonce}
            for witness in sorted(witnesses, key=lambda witness: witness.id)
        ],
        "public": public,
    }


def inputs_of(units: Iterable[Unit], officers: Iterable[Officer], params: Params) -> dict[str, Any]:
    """What is frozen before anybody knows the seed, in its fixed order and with all defaults."""
    return {
        "version": VERSION,
        "draw_id": params.draw_id,
        "premises": [
            {
                "code": unit.code,
                "stratum": unit.stratum,
                "weight": unit.weight,
                "brigade": unit.brigade,
            }
            for unit in sorted(units, key=lambda unit: unit.code)
        ],
        "officers": [
            {
                "id": officer.id,
                "brigade": officer.brigade,
                "lead": officer.lead,
                "capacity": officer.capacity,
            }
            for officer in sorted(officers, key=lambda officer: officer.id)
        ],
        "params": {
            "quota": dict(params.quota),
            "order": list(params.order),
            "officers_per_unit": params.officers_per_unit,
            "reserve": params.reserve,
            "conflicts": [list(pair) for pair in params.conflicts],
        },
    }


def inputs_sha256(inputs: Mapping[str, Any]) -> str:
    text = json.dumps(inputs, sort_keys=True, separators=_SEPARATORS, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def pool_sha256(units: Iterable[Unit]) -> str:
    """Of the pool as CSV: rows by code, quoted only where RFC 4180 demands, LF after every line."""
    digest = hashlib.sha256(b"code,stratum,weight,brigade\n")
    for unit in sorted(units, key=lambda unit: unit.code):
        cells = (unit.code, unit.stratum, str(unit.weight), unit.brigade)
        digest.update((",".join(map(_quoted, cells)) + "\n").encode())
    return digest.hexdigest()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if re.search(r'[",\r\n]', cell) else cell


def seed_of(inputs_digest: str, witnesses: Iterable[Witness], public: str) -> str:
    """SHA-256 over the frozen inputs, the nonces by witness, and the public value if one was named."""
    nonces = [bytes.fromhex(one.nonce) for one in sorted(witnesses, key=lambda one: one.id)]
    return hashlib.sha256(
        bytes.fromhex(inputs_digest) + b"".join(nonces) + public.encode()
    ).hexdigest()


def first_difference(said: Mapping[str, Any]) -> str:
    """Where a bundle differs from what its own inputs and seed give, in words; "" if nowhere.

    Refuses `draw-input-invalid` where the inputs themselves cannot be drawn from.
    """
    if said.get("version") != VERSION:
        return f"version：应为 {VERSION}"
    units, officers = _units(said), _officers(said)
    params = pools.read_params(
        {**_object(said, "params"), "draw_id": said.get("draw_id", "")}, units, officers
    )
    witnesses = [_witness(one, number) for number, one in enumerate(_list(said, "witnesses"))]
    seed, public = pools.read_seed(said.get("seed", "")), said.get("public", "")
    if not isinstance(public, str):
        return "public：不是文字"
    computed = bundle(units, officers, params, seed, witnesses, public)
    return _difference(computed, said, "") or _seed_problem(computed, witnesses)


def _seed_problem(computed: Mapping[str, Any], witnesses: Sequence[Witness]) -> str:
    for witness in witnesses:
        if hashlib.sha256(bytes.fromhex(witness.nonce)).hexdigest() != witness.commitment:
            return f"witnesses：{witness.id} 公开的随机数与其承诺不符"
    if not witnesses:
        return ""
    seed = seed_of(computed["inputs_sha256"], witnesses, computed["public"])
    return "" if seed == computed["seed"] else "seed：与输入、见证人随机数和公开值算出的不符"


def _difference(computed: Any, said: Any, place: str) -> str:
    if isinstance(computed, Mapping) and isinstance(said, Mapping):
        for name in (*computed, *(name for name in said if name not in computed)):
            where = f"{place}.{name}" if place else str(name)
            if name not in said or name not in computed:
                return f"{where}：{'缺少' if name not in said else '多出'}"
            if found := _difference(computed[name], said[name], where):
                return found
        return ""
    if isinstance(computed, list) and isinstance(said, list):
        for number, (mine, theirs) in enumerate(zip(computed, said, strict=False)):
            if found := _difference(mine, theirs, f"{place}[{number}]"):
                return found
        return "" if len(computed) == len(said) else f"{place}：应有 {len(computed)} 项"
    same = type(computed) is type(said) and computed == said
    return "" if same else f"{place}：应为 {json.dumps(computed, ensure_ascii=False)}"


def _units(said: Mapping[str, Any]) -> list[Unit]:
    rows = _list(said, "premises")
    text = _as_csv(rows, ("code", "stratum", "weight", "brigade"), "premises")
    return pools.read_units(text)


def _officers(said: Mapping[str, Any]) -> list[Officer]:
    rows = _list(said, "officers")
    return pools.read_officers(_as_csv(rows, ("id", "brigade", "lead", "capacity"), "officers"))


def _as_csv(rows: Sequence[Any], names: Sequence[str], table: str) -> str:
    """The rows of a bundle through the same reader as the files, so that the same things are refused."""
    lines = [",".join(names)]
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping) or set(row) != set(names):
            raise _broken(f"{table}[{number}]", f"应有且只有 {'、'.join(names)}")
        lines.append(",".join(_quoted(str(row[name])) for name in names))
    return "\n".join(lines) + "\n"


def _witness(one: object, number: int) -> Witness:
    place = f"witnesses[{number}]"
    if not isinstance(one, Mapping) or set(one) != {"id", "commitment", "nonce"}:
        raise _broken(place, "应有且只有 id、commitment、nonce")
    if not isinstance(one["id"], str) or not one["id"]:
        raise _broken(f"{place}.id", "应为文字")
    for name in ("commitment", "nonce"):
        if not isinstance(one[name], str) or not _NONCE.fullmatch(one[name]):
            raise _broken(f"{place}.{name}", "应为 64 位小写十六进制数")
    return Witness(one["id"], one["commitment"], one["nonce"])


def _list(said: Mapping[str, Any], name: str) -> list[Any]:
    found = said.get(name)
    if not isinstance(found, list):
        raise _broken(name, "缺少或不是列表")
    return found


def _object(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = said.get(name)
    if not isinstance(found, Mapping):
        raise _broken(name, "缺少或不是对象")
    return found


def _broken(field: str, problem: str) -> Refusal:
    return Refusal(
        "draw-input-invalid",
        place="抽取包",
        field=field,
        problem=problem,
        remedy="核对文件是否完整",
    )
