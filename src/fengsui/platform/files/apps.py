from fengsui.platform.apps import HouseConfig


class FilesConfig(HouseConfig):
    name = "fengsui.platform.files"
    label = "files"
    verbose_name = "文件"
