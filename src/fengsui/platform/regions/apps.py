from fengsui.platform.apps import HouseConfig


class RegionsConfig(HouseConfig):
    name = "fengsui.platform.regions"
    label = "regions"
    verbose_name = "区划"
