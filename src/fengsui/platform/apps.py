"""How a package joins the house: its actions and handlers are imported, nothing else happens."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

from fengsui.platform import news
from fengsui.platform.words import speak

_MODULES = ("documents", "actions", "words", "handlers", "receivers", "importers", "exports")


class HouseConfig(AppConfig):
    """Imports what a package declares in these modules, takes its WORDS and HANDLERS, where they exist."""

    def ready(self) -> None:
        for module in _MODULES:
            name = f"{self.name}.{module}"
            if find_spec(name) is None:
                continue
            loaded = import_module(name)
            speak(getattr(loaded, "WORDS", {}))
            for what, handle in getattr(loaded, "HANDLERS", {}).items():
                news.subscribe(what, handle)
