from fengsui.platform.apps import HouseConfig


class WorklistConfig(HouseConfig):
    name = "fengsui.platform.worklist"
    label = "worklist"
    verbose_name = "待办"
