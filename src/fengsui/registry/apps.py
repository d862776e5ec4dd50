from fengsui.platform import apps


class RegistryConfig(apps.HouseConfig):
    name = "fengsui.registry"
    label = "registry"
