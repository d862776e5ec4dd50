from django.db.models.signals import post_migrate

from fengsui.platform import apps
from fengsui.platform.search import schema


class SearchConfig(apps.HouseConfig):
    name = "fengsui.platform.search"
    label = "search"
    verbose_name = "查找"

    def ready(self) -> None:
        super().ready()
        post_migrate.connect(schema.prepare, sender=self)
