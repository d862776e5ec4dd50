from fengsui.platform import apps


class ImportsConfig(apps.HouseConfig):
    name = "fengsui.platform.imports"
    label = "imports"
    verbose_name = "导入"
