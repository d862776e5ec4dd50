from fengsui.platform import apps


class SupervisionConfig(apps.HouseConfig):
    name = "fengsui.supervision"
    label = "supervision"
