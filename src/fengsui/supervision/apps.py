from fengsui.platform.apps import HouseConfig


class SupervisionConfig(HouseConfig):
    name = "fengsui.supervision"
    label = "supervision"
