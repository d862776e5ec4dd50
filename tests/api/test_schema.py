"""The OpenAPI document says what is, and nothing that is sent gets an answer outside it (S6)."""

import json
import os
import re
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fengsui.kernel.ids import new_id
from fengsui.platform.actions import ACTIONS
from fengsui.platform.records import RECORD_TYPES
from fengsui.supervision.actions.forms import Found
from tests import make
from tests.api.client import Program
from tests.supervision import loop

pytestmark = pytest.mark.django_db

# Requests at every operation; the long form for a night: FENGSUI_FUZZ=500.
EXAMPLES = int(os.environ.get("FENGSUI_FUZZ", "4"))


def document():
    """The OpenAPI document, with the answers that all operations share put in their places."""
    drawn = Client().get("/api/v1/openapi.json").json()
    shared = drawn["components"]["responses"]
    for methods in drawn["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if "$ref" in answer:
                    operation["responses"][status] = shared[answer["$ref"].rsplit("/", 1)[1]]
    return drawn


def operations():
    """(method, path, operation) of all there are."""
    return [
        (method.upper(), path, operation)
        for path, methods in sorted(document()["paths"].items())
        for method, operation in sorted(methods.items())
    ]


def test_every_declared_type_and_action_of_a_person_is_there():
    said = {operation["operationId"] for _method, _path, operation in operations()}

    for of in RECORD_TYPES.values():
        assert {f"{of.name}.list", f"{of.name}.read"} <= said
    for declared in ACTIONS.values():
        by_people = {kind.value for kind in declared.posts} - {"clock", "public", "device"}
        there = not declared.inner and bool(by_people)
        assert (declared.what in said, f"{declared.what}.form" in said) == (there, there)


def test_every_reference_leads_somewhere_and_equal_names_are_told_apart():
    drawn = document()
    known = {
        f"#/components/{kind}/{name}"
        for kind in ("schemas", "responses")
        for name in drawn["components"][kind]
    }

    assert set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(drawn))) <= known
    bodies = {
        operation["operationId"]: operation["requestBody"]["content"]["application/json"]["schema"]
        for _method, _path, operation in operations()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    }
    # Two packages have a form named Reason; each action shows its own.
    assert bodies["number_block.return_block"] != bodies["inspection.cancel"]


def test_the_schema_of_a_form_names_its_fields_for_people():
    shown = Found.model_json_schema()["properties"]

    assert shown["disposal"]["x-titles"]["term"] == "责令限期改正"
    assert shown["code"]["x-offered"] is True


# Texts that break something somewhere: empty, long, NUL, half a surrogate pair, other scripts.
_texts = st.one_of(
    st.sampled_from(["", "\x00", "x" * 5000, "ᠮᠤᠩᠭᠤᠯ", "' OR 1=1 --", "NaN", "1e400", "0"]),
    st.text(max_size=30),
)
_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**70), max_value=2**70),
    st.floats(),
    _texts,
    st.sampled_from(["0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "2026-02-30"]),
    st.uuids().map(str),
)
_values = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3)
)
_headers = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40)


def filled(draw, shape, schemas, ids):
    """A value that mostly fits its schema, so that the fuzz gets past the form."""
    if draw(st.integers(0, 24)) == 7:
        return draw(_values)
    if "$ref" in shape:
        return filled(draw, schemas[shape["$ref"].rsplit("/", 1)[1]], schemas, ids)
    if "anyOf" in shape:
        return filled(draw, draw(st.sampled_from(shape["anyOf"])), schemas, ids)
    if "enum" in shape:
        return draw(st.sampled_from(shape["enum"]))
    if shape.get("type") == "object":
        fields = shape.get("properties", {})
        return {name: filled(draw, inner, schemas, ids) for name, inner in fields.items()}
    if shape.get("type") == "array":
        return [filled(draw, shape.get("items", {}), schemas, ids)]
    return draw(fitting(shape, ids))


def fitting(shape, ids):
    low = shape.get("minimum", 1)
    text = st.text(min_size=shape.get("minLength", 0), max_size=shape.get("minLength", 0) + 20)
    kinds = {
        "uuid": st.sampled_from(ids),
        "date": st.dates().map(str),
        "date-time": st.datetimes().map(lambda at: f"{at.isoformat()}+08:00"),
        "integer": st.integers(min_value=low),
        "number": st.floats(min_value=shape.get("minimum"), max_value=shape.get("maximum")),
        "boolean": st.booleans(),
        "null": st.none(),
        "string": st.from_regex(shape["pattern"], fullmatch=True) if "pattern" in shape else text,
    }
    return kinds.get(shape.get("format", ""), kinds.get(shape.get("type", "string"), text))


def requested(draw, method, path, operation, schemas, ids):
    """Address, body and headers of one request."""
    address = re.sub(r"\{\w+\}", lambda _: draw(st.sampled_from(ids)), path)
    names = [p["name"] for p in operation["parameters"] if p["in"] == "query"]
    query = "&".join(f"{name}={quote(str(draw(_scalars)), errors='ignore')}" for name in names)
    headers = {
        "Idempotency-Key": f"fuzz-{make.number()}",
        "If-Match": f'"{draw(st.integers(1, 9))}"',
    }
    headers |= draw(
        st.dictionaries(
            st.sampled_from(
                ["Idempotency-Key", "If-Match", "X-Done-At", "X-Record-Id", "Upload-Offset"]
            ),
            _headers,
            max_size=2,
        )
    )
    body = b""
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        said = filled(draw, content["application/json"]["schema"], schemas, ids)
        body = json.dumps(said).encode()
    if draw(st.integers(0, 9)) == 0:
        body = draw(st.binary(max_size=60))
    return f"{address}?{query}" if query else address, body, headers


_KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": int | float,
    "boolean": bool,
    "null": type(None),
}


def misfit(value, shape, schemas, place="$"):
    """Where an answer is not as its schema says: kinds, required names, enumerations."""
    for part in (*shape.get("allOf", ()), *([shape] if "$ref" in shape else ())):
        yield from misfit(value, schemas[part["$ref"].rsplit("/", 1)[1]], schemas, place)
    kinds = [shape["type"]] if isinstance(shape.get("type"), str) else shape.get("type", [])
    if kinds and not any(isinstance(value, _KINDS[kind]) for kind in kinds):
        yield f"{place}: {value!r} is no {kinds}"
    elif not isinstance(value, dict | list) and value not in shape.get("enum", [value]):
        yield f"{place}: {value!r} is not offered"
    else:
        yield from misfit_inside(value, shape, schemas, place)


def misfit_inside(value, shape, schemas, place):
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from misfit(item, shape.get("items", {}), schemas, f"{place}[{number}]")
    if isinstance(value, dict):
        yield from (
            f"{place}.{name} is missing" for name in shape.get("required", ()) if name not in value
        )
        for name in shape.get("properties", {}).keys() & value.keys():
            yield from misfit(value[name], shape["properties"][name], schemas, f"{place}.{name}")


def test_the_checker_of_answers_sees_what_is_wrong():
    shape = {"type": "object", "required": ["a"], "properties": {"b": {"enum": ["x"]}}}

    assert list(misfit({"b": "y"}, shape, {})) == ["$.a is missing", "$.b: 'y' is not offered"]
    assert list(misfit([], shape, {})) == ["$: [] is no ['object']"]
    assert list(misfit({"a": 1, "b": "x"}, shape, {})) == []


def test_nothing_sent_gets_an_answer_outside_the_schema():
    team = make.Team()
    make.region()
    hazard, visit = loop.served(team), loop.planned(team)
    loop.ordered(team)
    ids = [str(row) for row in (hazard.id, visit.id, hazard.inspection_id, team.premises.id,
                                team.lead_post.id, team.second_post.id, new_id())]  # fmt: skip
    programs = [Program(who) for who in (team.lead, team.second, team.head, team.manager)]
    schemas, drawn = document()["components"]["schemas"], operations()
    answered = set()

    @seed(20261124)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(data=st.data())
    def throw(place, data):
        send(place, data.draw)

    def send(place, draw):
        method, path, operation = drawn[place]
        address, body, headers = requested(draw, method, path, operation, schemas, ids)
        program = draw(st.sampled_from(programs))
        typed = draw(st.sampled_from(["application/json"] * 9 + ["text/plain"]))
        answer = program.http.generic(
            method,
            address,
            body,
            content_type=typed,
            headers={"Authorization": f"Bearer {program.secret}", **headers},
        )
        named = operation["responses"].get(str(answer.status_code))
        assert named, f"{method} {address} {body!r} {headers} → {answer.status_code}"
        kind = answer.headers["Content-Type"].split(";")[0]
        assert kind in named["content"] or "*/*" in named["content"]
        if kind.endswith("json"):
            misfits = list(misfit(answer.json(), named["content"][kind]["schema"], schemas))
            assert misfits == [], f"{method} {address}"
        answered.add((method, path, answer.status_code))

    for place in range(len(drawn)):
        throw(place)

    # The control: the fuzz did get past the forms, and was refused in many ways.
    codes = {status for _method, _path, status in answered}
    assert codes >= {200, 400, 403, 404, 409, 422}


def test_every_operation_survives_a_body_of_nonsense():
    """Each operation at least once, whatever the dice of the other test chose."""
    team = make.Team()
    program, record = Program(team.lead), str(loop.found(team).id)
    for method, path, operation in operations():
        address = re.sub(r"\{\w+\}", record, path)
        for body in (b"", b"[]", b"null", b'{"a":', b'{"reason": "\\ud800"}', b"9" * 400):
            answer = program.http.generic(
                method,
                address,
                body,
                content_type="application/json",
                headers={
                    "Authorization": f"Bearer {program.secret}",
                    "Idempotency-Key": f"n-{make.number()}",
                    "If-Match": '"1"',
                    "Upload-Offset": "0",
                },
            )
            assert str(answer.status_code) in operation["responses"], (method, path, body)
