from fengsui.platform import apps


class WorklistConfig(apps.HouseConfig):
    name = "fengsui.platform.worklist"
    label = "worklist"
    verbose_name = "待办"
