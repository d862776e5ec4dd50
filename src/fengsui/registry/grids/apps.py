from fengsui.platform import apps


class GridsConfig(apps.HouseConfig):
    name = "fengsui.registry.grids"
    label = "grids"
    verbose_name = "网格"
