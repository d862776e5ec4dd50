from fengsui.platform.apps import HouseConfig


class RegistryConfig(HouseConfig):
    name = "fengsui.registry"
    label = "registry"
