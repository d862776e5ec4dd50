"""What this package's refusals say to a person, with their HTTP status."""

from django.utils.translation import gettext_noop as n

WORDS = {
    "file-type": (415, n("不接收这种文件。请上传照片（JPEG、PNG、WebP）、PDF 或 MP4 视频。")),
    "file-too-large": (413, n("文件 {name} 有 {size} 字节，超过上限 {limit} 字节。请压缩后再传。")),
    "file-unknown": (422, n("附件不存在或不是您上传的，请重新上传。")),
    "file-empty": (422, n("文件 {name} 是空的，请重新选择。")),
    "upload-unknown": (404, n("没有这个未传完的文件，或者已经逾时清除。请从头再传。")),
    "upload-offset": (409, n("已收到 {offset} 字节，请从这里接着传。")),
    "upload-too-long": (422, n("收到的数据超过登记的大小 {size} 字节，请核对后重传。")),
    "no-public-copy": (409, n("只有照片有去除拍摄信息的副本，这个文件不是照片。")),
    "file-damaged": (500, n("保存的文件与其摘要不符，可能已损坏。请联系系统管理员从备份恢复（{sha256}）。")),
    "picture-broken": (422, n("照片打不开，可能没有传完整。请重新拍摄或上传。")),
    "picture-too-large": (422, n("照片尺寸 {width}×{height} 过大，请缩小后再传。")),
}  # fmt: skip
