from fengsui.platform import apps


class JobsConfig(apps.HouseConfig):
    name = "fengsui.platform.jobs"
    label = "jobs"
    verbose_name = "长任务"
