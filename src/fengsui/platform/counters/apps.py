from fengsui.platform import apps


class CountersConfig(apps.HouseConfig):
    name = "fengsui.platform.counters"
    label = "counters"
    verbose_name = "计数"
