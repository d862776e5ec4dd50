from fengsui.platform import apps


class SearchConfig(apps.HouseConfig):
    name = "fengsui.platform.search"
    label = "search"
    verbose_name = "查找"
