"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "entry-unknown": (404, n("台账中没有记录 {entry}。请核对编号。")),
    "head-unknown": (404, n("日志 {log} 没有 {size} 条处的树头。可用的条数见 /transparency。")),
    "heads-reversed": (422, n("起点 {first} 条大于终点 {last} 条，请交换。")),
    "head-file-invalid": (422, n("{file} 不是树头文件：{problem}。请用本系统导出的 JSON 文件。")),
    "not-sealed": (409, n("这条记录还没有封存，请一分钟后再取证明。")),
}  # fmt: skip
