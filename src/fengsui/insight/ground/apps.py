from fengsui.platform import apps


class GroundConfig(apps.HouseConfig):
    name = "fengsui.insight.ground"
    label = "ground"
    verbose_name = "分布与数据质量"
