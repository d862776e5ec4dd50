from fengsui.platform import apps


class RegionsConfig(apps.HouseConfig):
    name = "fengsui.platform.regions"
    label = "regions"
    verbose_name = "区划"
