"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "file-type": (415, n("不接收这种文件。请上传照片（JPEG、PNG、WebP）、PDF 或 MP4 视频。")),
    "file-too-large": (413, n("文件 {name} 有 {size} 字节，超过上限 {limit} 字节。请压缩后再传。")),
    "file-unknown": (422, n("附件不存在或不是您上传的，请重新上传。")),
    "file-empty": (422, n("文件 {name} 是空的，请重新选择。")),
    "file-damaged": (500, n("保存的文件与其摘要不符，可能已损坏。请联系系统管理员从备份恢复（{sha256}）。")),
    "picture-broken": (422, n("照片打不开，可能没有传完整。请重新拍摄或上传。")),
    "picture-too-large": (422, n("照片尺寸 {width}×{height} 过大，请缩小后再传。")),
}  # fmt: skip
