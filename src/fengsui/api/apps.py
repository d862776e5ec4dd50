from fengsui.platform import apps


class ApiConfig(apps.HouseConfig):
    name = "fengsui.api"
    label = "api"
    verbose_name = "接口"
