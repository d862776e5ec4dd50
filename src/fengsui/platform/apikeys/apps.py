from fengsui.platform import apps


class ApiKeysConfig(apps.HouseConfig):
    name = "fengsui.platform.apikeys"
    label = "apikeys"
    verbose_name = "接口密钥"
