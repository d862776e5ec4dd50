"""The draw against draw.md: its vector, its refusals, and what must hold for every seed."""

import hashlib
import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengsui.kernel.refusal import Refusal
from fengsui.supervision.draw import bundle, pools
from fengsui.supervision.draw.bundle import Witness, first_difference
from fengsui.supervision.draw.rules import draw

SEED = "50d858e0985ecc7f60418aaf0cc5ab587f42c2570a884095a9e8ccacd0f6545c"
PREMISES = """\ufeffcode,stratum,weight,brigade,note
K001,重点单位,6,科尔沁区,x
K002,重点单位,2,科尔沁区,
K003,重点单位,4,开鲁县,
K004,重点单位,2,开鲁县,
G001,一般单位,2,科尔沁区,
G002,一般单位,2,开鲁县,
G003,一般单位,4,科尔沁区,
"""
OFFICERS = "id,brigade,lead,capacity\nA1,科尔沁区,1,2\nA2,科尔沁区,0,1\nA3,科尔沁区,0,1\nB1,开鲁县,1,1\nB2,开鲁县,1,1\n"
PARAMS = {
    "quota": {"重点单位": 2, "一般单位": 1},
    "order": ["重点单位", "一般单位"],
    "reserve": 1,
    "conflicts": [["A2", "K001"]],
}


def made(premises=PREMISES, officers=OFFICERS, params=PARAMS, seed=SEED, **over):
    units, people = pools.read_units(premises), pools.read_officers(officers)
    return bundle.bundle(
        units, people, pools.read_params(params, units, people), pools.read_seed(seed), **over
    )


def test_the_vector_of_the_standard():
    assert hashlib.sha256(b"example").hexdigest() == SEED

    drawn = made()

    assert [(one["code"], one["rank"], one["officers"]) for one in drawn["selected"]] == [
        ("K001", 1, ["A1", "A3"]),
        ("K003", 2, ["B2", "B1"]),
        ("G003", 1, ["A1", "A2"]),
    ]
    assert drawn["reserve"] == {"重点单位": ["K004"], "一般单位": ["G002"]}
    assert drawn["thresholds"] == {"重点单位": "K004", "一般单位": "G002"}
    assert (drawn["unstaffed"], drawn["witnesses"], drawn["public"]) == ([], [], "")
    assert drawn["pool_sha256"] == (
        "d1b7ced6a987897a3570c83a27070280f4b36185a1b52f196b39ae21ebbaf88d"
    )
    assert drawn["inputs_sha256"] == (
        "5333e4297a5671e5d53820f60797a0d2d8ae566ae69d66a9361c2e301d1afe14"
    )
    assert first_difference(drawn) == ""


def test_the_order_of_rows_and_the_case_of_the_seed_do_not_matter():
    head, *rows = PREMISES.splitlines()
    turned = "\n".join([head, *reversed(rows)]) + "\n"

    assert made(premises=turned, seed=SEED.upper()) == made()


@pytest.mark.parametrize(
    ("over", "place", "field"),
    [
        ({"premises": "code,weight\nA,1\n"}, "场所第 1 行", "stratum"),
        ({"premises": "code,stratum,weight\nA,s,0\n"}, "场所第 2 行", "weight"),
        ({"premises": "code,stratum,weight\nA,s,4294967296\n"}, "场所第 2 行", "weight"),
        ({"premises": "code,stratum,weight\nA,s,1.5\n"}, "场所第 2 行", "weight"),
        ({"premises": "code,stratum,weight\nA,s,１\n"}, "场所第 2 行", "weight"),
        ({"premises": "code,stratum,weight\nA|B,s,1\n"}, "场所第 2 行", "code"),
        ({"premises": 'code,stratum,weight\n"A\tB",s,1\n'}, "场所第 2 行", "code"),
        ({"premises": "code,stratum,weight\nA,s,1\n,s,1\n"}, "场所第 3 行", "code"),
        ({"premises": "code,stratum,weight\nA,s,1\nA,t,1\n"}, "场所", "code"),
        ({"officers": "id,brigade,lead,capacity\nA,b,2,1\n"}, "人员第 2 行", "lead"),
        ({"officers": "id,brigade,lead,capacity\nA,b,1,-1\n"}, "人员第 2 行", "capacity"),
        ({"params": {"quota": {"没有的层": 1}}}, "参数", "quota.没有的层"),
        ({"params": {"quota": {"重点单位": -1}}}, "参数", "quota.重点单位"),
        ({"params": {"quota": {"重点单位": 5}}}, "参数", "quota.重点单位"),
        ({"params": {"quota": {"重点单位": True}}}, "参数", "quota.重点单位"),
        ({"params": {"quota": {"重点单位": 1}, "order": []}}, "参数", "order"),
        ({"params": {"quota": {"重点单位": 1}, "order": ["重点单位"] * 2}}, "参数", "order"),
        ({"params": {"quota": {}, "officers_per_unit": 1}}, "参数", "officers_per_unit"),
        ({"params": {"quota": {}, "reserve": -1}}, "参数", "reserve"),
        ({"params": {"quota": {}, "conflicts": [["A9", "K001"]]}}, "参数", "conflicts[0]"),
        ({"params": {"quota": {}, "conflicts": [["A1", "K999"]]}}, "参数", "conflicts[0]"),
        ({"params": {"quota": {}, "qouta": {}}}, "参数", "qouta"),
        ({"seed": "abc"}, "种子", "seed"),
    ],
)
def test_a_bad_value_is_named(over, place, field):
    with pytest.raises(Refusal) as no:
        made(**over)

    said = no.value
    assert (said.code, said.facts["place"], said.facts["field"]) == (
        "draw-input-invalid",
        place,
        field,
    )


def test_without_an_order_strata_are_staffed_in_the_order_of_their_names():
    assert made(params={"quota": {"重点单位": 1, "一般单位": 1}})["params"]["order"] == [
        "一般单位",
        "重点单位",
    ]


def test_a_unit_without_an_able_lead_or_team_stays_selected_and_unstaffed():
    officers = "id,brigade,lead,capacity\nA1,科尔沁区,1,9\nB1,开鲁县,0,9\nB2,开鲁县,0,9\n"

    drawn = made(officers=officers, params={"quota": {"重点单位": 4}})

    reasons = {one["code"]: one["reason"] for one in drawn["unstaffed"]}
    assert reasons == {"K001": "too_few", "K002": "too_few", "K003": "no_lead", "K004": "no_lead"}
    assert all(one["officers"] == [] for one in drawn["selected"])


def witnessed():
    nonces = {"W2": bytes(range(32)), "W1": b"\x07" * 32}
    witnesses = [
        Witness(name, hashlib.sha256(nonce).hexdigest(), nonce.hex())
        for name, nonce in nonces.items()
    ]
    frozen = made()["inputs_sha256"]
    # draw.md: inputs, nonces in ascending order of witness, the public value.
    seed = hashlib.sha256(
        bytes.fromhex(frozen) + nonces["W1"] + nonces["W2"] + "20260302期 07 11".encode()
    ).hexdigest()
    return made(seed=seed, witnesses=witnesses, public="20260302期 07 11")


def test_a_witnessed_draw_verifies():
    assert first_difference(witnessed()) == ""


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda b: b["selected"][0].update(rank=2), "selected[0].rank"),
        (lambda b: b["selected"][0]["officers"].reverse(), "selected[0].officers[0]"),
        (lambda b: b["reserve"]["重点单位"].clear(), "reserve.重点单位"),
        (lambda b: b["thresholds"].update(一般单位=None), "thresholds.一般单位"),
        (lambda b: b["premises"][0].update(weight=3), "pool_sha256"),
        (lambda b: b["premises"].reverse(), "premises[0].code"),
        (lambda b: b["unstaffed"].append({"code": "K001", "reason": "no_lead"}), "unstaffed"),
        (lambda b: b.update(extra=1), "extra"),
        (lambda b: b.pop("public"), "public"),
        (lambda b: b.update(public="别的"), "seed"),
        (lambda b: b["witnesses"][0].update(commitment="0" * 64), "witnesses"),
        (lambda b: b.update(draw_id="另一次"), "inputs_sha256"),
        (lambda b: b["params"].update(reserve=True), None),
    ],
)
def test_whatever_is_changed_in_a_bundle_is_found(spoil, place):
    spoilt = json.loads(json.dumps(witnessed()))
    spoil(spoilt)

    if place is None:
        with pytest.raises(Refusal):
            first_difference(spoilt)
    else:
        assert first_difference(spoilt).split("：")[0] == place


POOLS = st.lists(
    st.tuples(st.sampled_from("甲乙丙"), st.integers(1, 9), st.sampled_from(["", "东", "西"])),
    min_size=1,
    max_size=30,
)
TEAMS = st.lists(
    st.tuples(st.sampled_from(["东", "西"]), st.integers(0, 1), st.integers(0, 3)), max_size=8
)


@settings(max_examples=150, deadline=None)
@given(POOLS, TEAMS, st.integers(0, 2**32), st.integers(2, 3), st.randoms(use_true_random=False))
def test_every_draw_keeps_its_promises(pool, teams, number, seats, random):
    rows = [f"U{n:02d},{s},{w},{b}" for n, (s, w, b) in enumerate(pool)]
    people = [f"O{n},{b},{lead},{capacity}" for n, (b, lead, capacity) in enumerate(teams)]
    units = pools.read_units("\n".join(["code,stratum,weight,brigade", *rows]) + "\n")
    officers = pools.read_officers("\n".join(["id,brigade,lead,capacity", *people]) + "\n")
    quota = {
        s: random.randint(0, sum(u.stratum == s for u in units)) for s in {u.stratum for u in units}
    }
    pairs = [[o.id, u.code] for o in officers for u in units if random.random() < 0.2]
    asked = {"quota": quota, "officers_per_unit": seats, "conflicts": pairs, "reserve": 2}
    params = pools.read_params(asked, units, officers)
    seed = hashlib.sha256(str(number).encode()).hexdigest()

    result = draw(units, officers, params, seed)

    by_id, by_code = {o.id: o for o in officers}, {u.code: u for u in units}
    used = {o.id: 0 for o in officers}
    for one in result.selected:
        assert len(one.officers) in (0, seats)
        for seat, name in enumerate(one.officers):
            used[name] += 1
            assert [name, one.code] not in pairs
            assert by_code[one.code].brigade in ("", by_id[name].brigade)
            assert seat or by_id[name].lead == 1
    assert all(used[o.id] <= o.capacity for o in officers)
    assert {code for code, _ in result.unstaffed} == {
        one.code for one in result.selected if not one.officers
    }
    # The prefix property: a smaller quota draws the first ranks of a larger one.
    for stratum, number_drawn in quota.items():
        ranks = [one.code for one in result.selected if one.stratum == stratum]
        fewer = {**asked, "quota": {**quota, stratum: max(number_drawn - 1, 0)}}
        again = draw(units, officers, pools.read_params(fewer, units, officers), seed)
        assert [one.code for one in again.selected if one.stratum == stratum] == ranks[
            : max(number_drawn - 1, 0)
        ]


def test_inclusion_follows_the_weights():
    """Over many seeds a unit is drawn as often as priority sampling says: mean of min(1, w·T)."""
    weights = [1, 2, 4, 8, 3, 1, 6, 2]
    rows = "".join(f"U{n},s,{w},\n" for n, w in enumerate(weights))
    units = pools.read_units("code,stratum,weight,brigade\n" + rows)
    params = pools.read_params({"quota": {"s": 3}}, units, [])
    random = Random(7)
    rounds = 4000
    seen = dict.fromkeys((u.code for u in units), 0)
    estimated = dict.fromkeys(seen, 0.0)
    for _ in range(rounds):
        seed = f"{random.getrandbits(256):064x}"
        result = draw(units, [], params, seed)
        threshold = next(u for u in units if u.code == result.thresholds["s"])
        level = key(seed, threshold.code) / threshold.weight
        for one in result.selected:
            seen[one.code] += 1
            weight = next(u.weight for u in units if u.code == one.code)
            estimated[one.code] += 1 / min(1.0, weight * level)

    # Horvitz–Thompson: dividing by the conditional probability counts every unit once on average.
    assert all(abs(total / rounds - 1) < 0.12 for total in estimated.values()), estimated
    assert seen["U3"] > seen["U2"] > seen["U0"]


def key(seed, code):
    """Computed again here, as a fraction of 2^256."""
    return int(hashlib.sha256(f"{seed}|unit|{code}".encode()).hexdigest(), 16) / 2**256


@pytest.mark.parametrize(
    ("premises", "place", "field", "problem"),
    [
        ('"code,stratum,weight\nK1,a,1\n', "场所第 2 行", "", "引号不成对，或者一格过长"),
        ('code,stratum,weight\nK1,a,1\n"K2,a,1\n', "场所第 3 行", "", "引号不成对，或者一格过长"),
        ("code,stratum,weight,code\nK1,a,1,K9\n", "场所第 1 行", "code", "这一列出现两次"),
        (
            f"code,stratum,weight\nK1,a,{'9' * 5_000}\n",
            "场所第 2 行",
            "weight",
            f"{'9' * 40} 超出范围",
        ),
    ],
    ids=["header quote", "row quote", "two columns", "digits"],
)
def test_a_table_that_is_none_is_named_with_its_line(premises, place, field, problem):
    with pytest.raises(Refusal) as no:
        pools.read_units(premises)

    facts = no.value.facts
    assert (facts["place"], facts["field"], facts["problem"]) == (place, field, problem)


def test_zeros_before_a_number_do_not_matter_however_many():
    (unit,) = pools.read_units(f"code,stratum,weight\nK1,a,{'0' * 5_000}7\n")

    assert unit.weight == 7
