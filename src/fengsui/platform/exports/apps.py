from fengsui.platform import apps


class ExportsConfig(apps.HouseConfig):
    name = "fengsui.platform.exports"
    label = "exports"
    verbose_name = "导出"
