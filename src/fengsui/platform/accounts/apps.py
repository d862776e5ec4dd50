from fengsui.platform import apps


class AccountsConfig(apps.HouseConfig):
    name = "fengsui.platform.accounts"
    label = "accounts"
    verbose_name = "人员与岗位"
