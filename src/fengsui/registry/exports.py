"""The register as a file."""

from fengsui.platform.fields import masked
from fengsui.platform.jobs.export import Column, Export, export_kind
from fengsui.platform.search.queries import EXPORTED
from fengsui.platform.who import OFFICERS, PostKind
from fengsui.registry.queries import premises_listed

PREMISES_FILE = export_kind(
    Export(
        name="export-premises",
        title="监管对象",
        columns=(
            Column("单位名称", lambda row: row.name, 36),
            Column("类别", lambda row: row.class_title, 20),
            Column("公众聚集场所", lambda row: row.public_assembly),
            Column("人员密集场所", lambda row: row.crowded),
            Column("区划代码", lambda row: row.region),
            Column("地址", lambda row: row.address, 40),
            Column("统一社会信用代码", lambda row: row.credit_code, 24),
            Column("消防安全责任人", lambda row: masked(row.responsible_name)),
            Column("责任人电话", lambda row: row.responsible_phone),
            Column("消防安全管理人", lambda row: masked(row.manager_name)),
            Column("管理人电话", lambda row: row.manager_phone),
        ),
        rows=lambda who, said: premises_listed(who, said, EXPORTED),
    ),
    posts=(*OFFICERS, PostKind.PREMISES_MANAGER),
)
