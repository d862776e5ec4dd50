"""What the interface itself refuses, with HTTP status; all else is said by the packages."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "unauthenticated": (401, n("请先登录，或者在 Authorization 头写明有效的密钥（Bearer）。密钥可能已到期、被吊销，或者岗位已终止。")),
    "csrf-missing": (403, n("页面令牌缺失或已过期，请刷新页面后再提交。")),
    "no-entry": (403, n("这个请求不被允许。")),
    "no-such-address": (404, n("没有这个地址，请对照 /api/v1/docs 核对。")),
    "method-not-allowed": (405, n("这个地址不支持 {method}，请对照 /api/v1/docs 核对。")),
    "body-too-large": (413, n("提交的内容太大。文件请用 /api/v1/files 或 /api/v1/uploads 上传。")),
    "request-unreadable": (400, n("读不懂这个请求，可能没有传完整，请重新提交。")),
    "json-expected": (415, n("请以 JSON 提交，并写明 Content-Type: application/json。")),
    "json-unreadable": (400, n("提交的内容不是合法的 JSON，请核对。")),
    "invalid": (422, n("有 {count} 处需要改正：{sentences}")),
    "key-required": (400, n("请在 Idempotency-Key 头写明本次提交的编号（不超过 160 个可见字符，不含空格）。")),
    "if-match-required": (428, n("请在 If-Match 头写明看到的版本，例如 \"3\"，或上一次提交的编号，例如 \"after:编号\"。")),
    "if-match-unreadable": (400, n("读不懂 If-Match。请写版本，例如 \"3\"，或 \"after:上一次提交的编号\"。")),
    "done-at-unreadable": (400, n("读不懂 X-Done-At。请写带时区的时间，例如 2026-03-02T12:00:00+08:00。")),
    "record-id-unreadable": (422, n("X-Record-Id 应当是 UUIDv7，请重新生成。")),
    "upload-offset-required": (400, n("请在 Upload-Offset 头写明从第几个字节接着传。")),
    "unknown-state": (422, n("没有“{state}”这个状态；可用的有：{known}。")),
    "file-unseen": (404, n("没有找到这个文件，或者它不在您的管辖范围内。")),
    "not-searchable": (422, n("{type}不能按文字查找，请去掉 q。")),
    "box-unreadable": (422, n("读不懂视野 box。请按 西,南,东,北 写四个 WGS 84 度数，例如 118,42,124,46。")),
    "zoom-unreadable": (422, n("读不懂缩放级别 zoom，请写 0 到 22 的整数。")),
    "unknown-class": (422, n("没有“{given}”这个类别；可用的有：{known}。")),
    "internal": (500, n("系统内部出错，已经记录。请稍后再试；仍然不行请联系系统管理员。")),
}  # fmt: skip
