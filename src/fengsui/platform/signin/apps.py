from fengsui.platform import apps


class SignInConfig(apps.HouseConfig):
    name = "fengsui.platform.signin"
    label = "signin"
    verbose_name = "登录"
