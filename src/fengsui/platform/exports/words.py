"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "unknown-export": (404, n("没有“{kind}”的导出；可以导出的有：{known}。")),
    "export-type": (422, n("不能导出成“{name}”。文件名请以 .xlsx 或 .csv 结尾。")),
    "export-exists": (409, n("文件 {file} 已经存在，没有覆盖。请换一个文件名，或先移走原来的文件。")),
    "export-needs-post": (403, n("命令行本身看不到{title}。请加 --post 登录名，按该岗位的列表导出。")),
    "export-too-long": (422, n("共有 {count} 行，超过一张表的上限 {most} 行。请先加筛选条件再导出，或导出为 CSV。")),
}  # fmt: skip
