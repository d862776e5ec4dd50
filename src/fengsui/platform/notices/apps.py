from fengsui.platform.apps import HouseConfig


class NoticesConfig(HouseConfig):
    name = "fengsui.platform.notices"
    label = "notices"
    verbose_name = "通知"
