from fengsui.platform import apps


class DocumentsConfig(apps.HouseConfig):
    name = "fengsui.platform.documents"
    label = "documents"
    verbose_name = "文书"
