"""Records as JSON, and the JSON Schema of each type, both from the model's own columns."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpResponse

from fengsui.platform.records import RECORD_TYPES, UNDIGESTED, Record, RecordType

_SCHEMAS: Mapping[type, dict[str, Any]] = {
    models.UUIDField: {"type": "string", "format": "uuid"},
    models.DateTimeField: {"type": "string", "format": "date-time"},
    models.DateField: {"type": "string", "format": "date"},
    models.BooleanField: {"type": "boolean"},
    models.IntegerField: {"type": "integer"},
    models.FloatField: {"type": "number"},
    models.JSONField: {},
}
_REFERENCE = {
    "type": "object",
    "properties": {"id": {"type": "string", "format": "uuid"}, "label": {"type": "string"}},
    "required": ["id", "label"],
}


def said(body: object, status: int = 200, version: int | None = None) -> HttpResponse:
    """JSON, with the version of the record it is about as its ETag."""
    text = json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False)
    response = HttpResponse(text, status=status, content_type="application/json")
    if version is not None:
        response["ETag"] = f'"{version}"'
    return response


def address(of: RecordType[Any], record_id: object) -> str:
    return f"/api/v1/{of.plural}/{record_id}"


def columns(of: RecordType[Any]) -> list["models.Field[Any, Any]"]:
    """What is told of a record. Bytes (salts, digests of secrets) are nobody's reading."""
    return [
        column
        for column in of.model._meta.concrete_fields
        if column.attname not in UNDIGESTED and not isinstance(column, models.BinaryField)
    ]


def relations(of: RecordType[Any]) -> tuple[str, ...]:
    """The paths that one query must follow so that every related row can be named."""
    paths: list[str] = []
    for column in columns(of):
        if isinstance(column, models.ForeignKey):
            target = _type_of(column.related_model)
            needed = target.named_by if target else ()
            paths += [column.name, *(f"{column.name}__{need}" for need in needed)]
    return (*paths, *of.named_by)


def _type_of(model: object) -> RecordType[Any] | None:
    return next((found for found in RECORD_TYPES.values() if found.model is model), None)


def record(of: RecordType[Any], row: Record) -> dict[str, object]:
    """Every declared column; related rows as id and label, personal text masked."""
    return {column.name: _value(row, column) for column in columns(of)} | {
        "state_title": of.lifecycle.title(row.state),
        "label": of.label(row),
        "href": address(of, row.id),
    }


def _value(row: Record, column: "models.Field[Any, Any]") -> object:
    value = getattr(row, column.name)
    if isinstance(column, models.ForeignKey):
        if value is None:
            return None
        target = _type_of(type(value))
        return {"id": value.pk, "label": target.label(value) if target else str(value)}
    known = isinstance(column, tuple(_SCHEMAS))
    return value if known or value is None else str(value)


def schema(of: RecordType[Any]) -> dict[str, Any]:
    """The JSON Schema of `record`."""
    properties = {column.name: _schema(column) for column in columns(of)}
    properties["state"] = {"type": "string", "enum": [state.value for state in of.lifecycle.states]}
    for name in ("state_title", "label", "href"):
        properties[name] = {"type": "string"}
    return {
        "title": of.title,
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
    }


def _schema(column: "models.Field[Any, Any]") -> dict[str, Any]:
    plain = next(
        (said for kind, said in _SCHEMAS.items() if isinstance(column, kind)), {"type": "string"}
    )
    said = _REFERENCE if isinstance(column, models.ForeignKey) else plain
    return {**said, "type": [said["type"], "null"]} if column.null and said else dict(said)
