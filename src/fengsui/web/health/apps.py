from fengsui.platform import apps


class HealthPagesConfig(apps.HouseConfig):
    name = "fengsui.web.health"
    label = "health_pages"
    verbose_name = "运行状况页面"
