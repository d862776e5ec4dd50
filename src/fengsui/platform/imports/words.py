"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "sheet-type": (415, n("不能读取“{name}”。请另存为 xlsx、xls、ods 或 csv 再导入。")),
    "sheet-unreadable": (422, n("文件“{name}”打不开：可能损坏、加了密码或不是表格。请用表格软件打开后另存，再导入。")),
    "sheet-too-large": (413, n("文件太大（{size}，上限 {limit}）。请拆成几个文件分别导入。")),
    "sheet-too-long": (413, n("数据行超过 {limit} 行。请拆成几个文件分别导入。")),
    "sheet-empty": (422, n("表中没有数据：第一行应是列名，从第二行起填写。请使用模板。")),
    "too-many-at-once": (413, n("“全部成功才导入”一次最多 {limit} 行，这份有 {rows} 行。请拆分文件，或者允许先导入正确的行。")),
    "file-not-chosen": (422, n("没有选择文件。请选择要导入的表格。")),
    "file-missing": (404, n("没有文件“{file}”。请核对路径。")),
    "unknown-importer": (404, n("没有“{kind}”的导入；可以导入的有：{known}。")),
}  # fmt: skip
