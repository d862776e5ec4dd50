from fengsui.platform import apps


class SavedViewsConfig(apps.HouseConfig):
    name = "fengsui.platform.savedviews"
    label = "savedviews"
    verbose_name = "保存的视图"
