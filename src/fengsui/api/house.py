"""The OpenAPI document: schemas of forms and records from their declarations, problems everywhere."""

from collections.abc import Iterable, Mapping
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from fengsui.api import problems
from fengsui.api.shown import schema as record_schema
from fengsui.platform.records import RecordType

_REF = "#/components/schemas/{model}"
# Any operation may give these: each stands for a reason given in `code`.
PROBLEMS = (400, 401, 403, 404, 405, 409, 413, 415, 422, 428)
Json = Mapping[str, Any]

_TEXT = {"type": "string"}
_ID = {"type": "string", "format": "uuid"}
_PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "code": _TEXT,
        "facts": {"type": "object"},
    },
    "required": ["type", "title", "status", "code", "facts"],
}
_REFUSED = {
    "description": "不能办理：理由见 code，补救见 title",
    "content": {problems.MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}},
}
_REFUSAL = {"$ref": "#/components/responses/Problem"}
_DONE = {
    "type": "object",
    "properties": {
        "action": _TEXT,
        "entry": _ID,
        "record": {"type": ["string", "null"], "format": "uuid"},
        "version": {"type": "integer"},
        "state": _TEXT,
        "state_title": _TEXT,
        "result": {"type": "object"},
        "replayed": {"type": "boolean"},
    },
    "required": "action entry record version state state_title result replayed".split(),
}
_FORM = {
    "type": "object",
    "properties": {
        "title": _TEXT,
        "source": _TEXT,
        "law_url": _TEXT,
        "schema": {"type": "object"},
        "choices": {"type": "object"},
        "starts": {"type": "object"},
    },
    "required": "title source law_url schema choices starts".split(),
}
_STORED = {
    "type": "object",
    "properties": {"id": _ID, "sha256": _TEXT, "size": {"type": "integer"}, "media_type": _TEXT},
    "required": "id sha256 size media_type".split(),
}
_UPLOAD = {
    "type": "object",
    "properties": {
        "id": _ID,
        "size": {"type": "integer"},
        "offset": {"type": "integer"},
        "file": {"type": ["string", "null"], "format": "uuid"},
    },
    "required": "id size offset file".split(),
}
_ME = {
    "type": "object",
    "properties": {
        name: {"type": ["string", "null"]}
        for name in "user name post title organisation region acting_for".split()
    },
    "required": "user name post title organisation region acting_for".split(),
}
_HIT_NAMES = "id label state state_title href".split()
_HIT = {
    "type": "object",
    "properties": {name: _ID if name == "id" else _TEXT for name in _HIT_NAMES},
    "required": _HIT_NAMES,
}
_GROUP = {
    "type": "object",
    "properties": {
        "kind": _TEXT,
        "title": _TEXT,
        "items": {"type": "array", "items": {"$ref": _REF.format(model="SearchHit")}},
        "next": _TEXT,
    },
    "required": "kind title items next".split(),
}
_ANSWER = {
    "type": "object",
    "properties": {
        "groups": {"type": "array", "items": {"$ref": _REF.format(model="SearchGroup")}}
    },
    "required": ["groups"],
}
SHAPES = {
    "SearchHit": _HIT,
    "SearchGroup": _GROUP,
    "SearchAnswer": _ANSWER,
    "Problem": _PROBLEM,
    "Done": _DONE,
    "ActionForm": _FORM,
    "StoredFile": _STORED,
    "Upload": _UPLOAD,
    "Me": _ME,
}


def ref(name: str) -> dict[str, str]:
    return {"$ref": _REF.format(model=name)}


def header(name: str, description: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": required,
        "schema": _TEXT,
        "description": description,
    }


def answers(status: int, shape: Json, media_type: str = "application/json") -> dict[int, Any]:
    """The answer to a request that was carried out."""
    return {status: {"description": "OK", "content": {media_type: {"schema": shape}}}}


class House(NinjaAPI):
    """The interface with the schemas that ninja cannot know, because its operations are generic."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        problems.answer_problems(self)
        self._drawn: OpenAPISchema | None = None
        self._schemas: dict[str, Any] = dict(SHAPES)
        self._bodies: dict[type[BaseModel], dict[str, Any]] = {}

    def know(self, types: Iterable[RecordType[Any]], forms: Iterable[type[BaseModel]]) -> None:
        """The records and forms that operations speak of; equal names are told apart."""
        wanted = list(dict.fromkeys(forms))
        refs, definitions = models_json_schema(
            [(form, "validation") for form in wanted], ref_template=_REF
        )
        self._bodies = {form: refs[form, "validation"] for form in wanted}
        self._schemas |= definitions.get("$defs", {})
        self._schemas |= {record_name(of): record_schema(of) for of in types}

    def body(self, form: type[BaseModel]) -> dict[str, Any]:
        """The `requestBody` of a form."""
        content = {"application/json": {"schema": self._bodies[form]}}
        return {"required": bool(form.model_fields), "content": content}

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Drawn once: declarations do not change while the process runs."""
        if self._drawn is None:
            drawn = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
            drawn["components"]["schemas"] |= self._schemas
            drawn["components"]["responses"] = {"Problem": _REFUSED}
            for operations in drawn["paths"].values():
                for operation in operations.values():
                    operation["responses"] |= dict.fromkeys(PROBLEMS, _REFUSAL)
            self._drawn = drawn
        return self._drawn


def record_name(of: RecordType[Any]) -> str:
    """`number_block` → `NumberBlockRecord`."""
    return "".join(part.title() for part in of.name.split("_")) + "Record"
