from fengsui.platform import apps


class NoticesConfig(apps.HouseConfig):
    name = "fengsui.platform.notices"
    label = "notices"
    verbose_name = "通知"
