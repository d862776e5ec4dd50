from fengsui.platform import apps


class FilesConfig(apps.HouseConfig):
    name = "fengsui.platform.files"
    label = "files"
    verbose_name = "文件"
