from fengsui.platform.apps import HouseConfig


class DocumentsConfig(HouseConfig):
    name = "fengsui.platform.documents"
    label = "documents"
    verbose_name = "文书"
