from fengsui.platform.apps import HouseConfig


class JobsConfig(HouseConfig):
    name = "fengsui.platform.jobs"
    label = "jobs"
    verbose_name = "长任务"
