"""How a package joins the house: its actions and handlers are imported, nothing else happens."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

from fengsui.platform import news


class HouseConfig(AppConfig):
    """Imports `<package>.documents` and `<package>.actions`, takes `<package>.handlers.HANDLERS`, where these exist."""

    def ready(self) -> None:
        for module in ("documents", "actions", "handlers"):
            name = f"{self.name}.{module}"
            if find_spec(name) is None:
                continue
            loaded = import_module(name)
            for what, handle in getattr(loaded, "HANDLERS", {}).items():
                news.subscribe(what, handle)
