"""Every address of the interface, drawn from the declared types and actions."""

from typing import Any

from django.urls import path
from ninja import Swagger

from fengsui.api import acts, files, ground, records, search
from fengsui.api.callers import Key, Session
from fengsui.api.house import House, answers, header, record_name, ref
from fengsui.api.me import me
from fengsui.platform.actions import ACTIONS, Action
from fengsui.platform.records import RECORD_TYPES, RecordType
from fengsui.platform.who import PostKind

_MACHINES = frozenset({PostKind.PUBLIC, PostKind.DEVICE, PostKind.CLOCK})
_KEY = header("Idempotency-Key", "本次提交的编号：重发得到同一结果", required=True)
_BASE = header("If-Match", '看到的版本 "3"，或上一次提交 "after:编号"', required=True)
_DONE_AT = header("X-Done-At", "现场办理的时间，带时区")
_RECORD_ID = header("X-Record-Id", "由提交方生成的记录编号（UUIDv7）")
_BYTES = {"type": "string", "contentMediaType": "application/octet-stream"}

api = House(
    title="烽燧接口",
    version="1",
    description="记录只通过办理改变；页面、手机和接口用的是同一套声明、权限和拒绝理由。",
    urls_namespace="api-v1",
    auth=[Key(), Session()],
    docs=Swagger(settings={"validatorUrl": None, "docExpansion": "none"}),
)


def _add(
    method: str, address: str, view: Any, name: str, summary: str, tag: str, **extra: Any
) -> None:
    """One operation; `extra` is what its declaration adds to the OpenAPI document."""
    status = next(iter(extra["responses"]))
    api.default_router.add_api_operation(
        address,
        [method],
        view,
        auth=api.auth,
        response={status: None},
        operation_id=name,
        url_name=name,
        summary=summary,
        tags=[tag],
        openapi_extra=extra,
    )


def _add_files() -> None:
    stored, upload = answers(201, ref("StoredFile")), ref("Upload")
    raw = {"required": True, "content": {"application/octet-stream": {"schema": _BYTES}}}
    form = {"type": "object", "properties": {"file": _BYTES}, "required": ["file"]}
    either = {**raw, "content": {**raw["content"], "multipart/form-data": {"schema": form}}}  # type: ignore[dict-item]
    name, offset = (
        header("X-File-Name", "文件名（百分号编码）"),
        header("Upload-Offset", "从第几个字节接着传", required=True),
    )
    for method, address, view, summary, extra in (
        ("POST", "/files", files.send, "上传文件",
         {"responses": stored, "requestBody": either, "parameters": [name]}),
        ("GET", "/files/{uuid:file_id}", files.original, "原件",
         {"responses": answers(200, _BYTES, "*/*")}),
        ("GET", "/files/{uuid:file_id}/public", files.public, "去除拍摄信息的副本",
         {"responses": answers(200, _BYTES, "image/jpeg")}),
        ("POST", "/uploads", files.begin, "开始分段上传",
         {"responses": answers(201, upload), "requestBody": api.body(files.NewUpload)}),
        ("GET", "/uploads/{uuid:upload_id}", files.standing, "已收到多少",
         {"responses": answers(200, upload)}),
        ("PATCH", "/uploads/{uuid:upload_id}", files.go_on, "接着传",
         {"responses": answers(200, upload), "requestBody": raw, "parameters": [offset]}),
        ("GET", "/jobs/{uuid:job_id}/result", files.outcome, "作业的结果文件",
         {"responses": answers(200, _BYTES, "*/*")}),
        ("GET", "/documents/{uuid:document_id}/pdf", files.paper, "文书 PDF",
         {"responses": answers(200, _BYTES, "application/pdf")}),
    ):  # fmt: skip
        _add(method, address, view, f"files.{view.__name__}", summary, "文件", **extra)


def _add_type(of: RecordType[Any]) -> None:
    one = {"allOf": [ref(record_name(of))]}
    page = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": one},
            "next": {"type": ["string", "null"], "format": "uuid"},
        },
        "required": ["items", "next"],
    }
    where = f"/{of.plural}"
    _add("GET", where, records.listing(of), f"{of.name}.list", f"{of.title}列表", of.title,
         responses=answers(200, page))  # fmt: skip
    _add("GET", f"{where}/{{uuid:record_id}}", records.detail(of), f"{of.name}.read", of.title,
         of.title, responses=answers(200, one))  # fmt: skip


def _add_action(declared: Action[Any]) -> None:
    """The form and the act; what only happens inside another action has no address."""
    place = "" if declared.creates else "/{uuid:record_id}"
    address = f"/{declared.of.plural}{place}/{declared.name}"
    given = [_KEY, _DONE_AT, _RECORD_ID] if declared.creates else [_KEY, _BASE, _DONE_AT]
    tag = declared.of.title
    _add("GET", address, acts.asking(declared), f"{declared.what}.form", f"{declared.title}：表单",
         tag, responses=answers(200, ref("ActionForm")))  # fmt: skip
    _add("POST", address, acts.acting(declared), declared.what, declared.title, tag,
         responses=answers(201 if declared.creates else 200, ref("Done")),
         requestBody=api.body(declared.form), parameters=given,
         description=f"依据：{declared.source}")  # fmt: skip


def _offered() -> list[Action[Any]]:
    """Actions that a person may take by themselves."""
    return [found for found in ACTIONS.values() if not found.inner and found.posts - _MACHINES]


api.know(RECORD_TYPES.values(), [*(found.form for found in _offered()), files.NewUpload])
_add("GET", "/me", me, "me", "我和我的岗位", "我", responses=answers(200, ref("Me")))
_add(
    "GET", "/search", search.find, "search", "查找：名称、文号、拼音、首字母", "查找",
    responses=answers(200, ref("SearchAnswer")),
)  # fmt: skip
_add("GET", "/map/premises", ground.premises, "map.premises", "视野内的场所", "地图",
     responses=answers(200, ground.VIEW), parameters=ground.PARAMETERS)  # fmt: skip
_add("GET", "/map/boundaries", ground.boundaries, "map.boundaries", "旗县示意边界", "地图",
     responses=answers(200, ground.OUTLINES))  # fmt: skip
_add_files()
for _type in RECORD_TYPES.values():
    _add_type(_type)
for _action in _offered():
    _add_action(_action)

urlpatterns = [path("", api.urls)]
