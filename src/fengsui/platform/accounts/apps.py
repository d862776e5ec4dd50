from fengsui.platform.apps import HouseConfig


class AccountsConfig(HouseConfig):
    name = "fengsui.platform.accounts"
    label = "accounts"
    verbose_name = "人员与岗位"
