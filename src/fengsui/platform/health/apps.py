from fengsui.platform import apps


class HealthConfig(apps.HouseConfig):
    name = "fengsui.platform.health"
    label = "health"
    verbose_name = "运行状况"
