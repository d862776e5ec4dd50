"""What running an installation is refused for, with HTTP status (these are said by commands)."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "backup-exists": (409, n("{file} 已存在，没有覆盖。请换一个文件名。")),
    "backup-not-written": (507, n("备份 {file} 没有写成：{problem}。没有留下半个文件，请检查磁盘后重来。")),
    "backup-damaged": (422, n("备份 {file} 中的“{member}”已损坏，没有恢复任何内容。请换一份备份。")),
    "backup-unreadable": (422, n("{file} 不是完整的烽燧备份（{problem}）。请换一份备份。")),
    "backup-newer": (409, n("备份来自更新的版本 {version}（{migration}）。请先安装该版本再恢复。")),
    "disk-too-small": (507, n("{folder} 剩余 {free} 字节，需要约 {needed} 字节。请清理磁盘或换一个位置。")),
    "other-engine": (409, n("备份来自 {archive}，本机配置的是 {here}。请设置同类的 FENGSUI_DATABASE_URL。")),
    "rows-differ": (500, n("恢复后的表 {table} 与备份不一致，已全部撤回。请换一份备份。")),
    "keys-left-out": (409, n("这份备份不含密钥。请用 --keys 指出另行保存的 keys 目录。")),
    "passphrase-needed": (409, n("密钥在口令之下。请用 --passphrase-file 或 FENGSUI_BACKUP_PASSPHRASE 给出口令。")),
    "passphrase-wrong": (403, n("口令不对，密钥打不开，没有恢复任何内容。请核对口令。")),
    "passphrase-unreadable": (422, n("口令文件 {file} 不能用：{problem}。请核对路径和内容。")),
    "restored-not-sound": (500, n("恢复后台账核对不符，共 {count} 处，首处：{first}。已全部撤回，请换一份备份。")),
    "restore-failed": (500, n("恢复没有完成：{problem}。已全部撤回，请检查磁盘和数据库后重来。")),
    "home-not-empty": (409, n("{home} 不是空目录（有 {found}），没有动任何内容。请另设 FENGSUI_HOME。")),
    "database-not-empty": (409, n("数据库 {database} 不是空的，没有动任何内容。请新建一个空数据库。")),
    "certificate-invalid": (422, n("证书文件 {file}：{problem}。请换用 PEM 格式、在有效期内、与私钥配对的证书。")),
    "still-running": (409, n("后台仍在运行（{seconds} 秒前有心跳）。请先停止服务再升级。")),
    "no-backup-unconfirmed": (409, n("不备份就升级将无法退回。确已另行备份时，请再加 --confirmed。")),
    "upgrade-failed": (500, n("升级没有完成：{problem}。请按以下步骤退回：{rollback}")),
    "admins-invalid": (422, n("--admins {given} 不对：{problem}。请写三个不同的登录名，依次为系统、安全、审计管理员。")),
    "port-taken": (409, n("{host}:{port} 已被占用或不能使用（{problem}）。请换一个 --port。")),
}  # fmt: skip
