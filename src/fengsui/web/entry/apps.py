from django.apps import AppConfig


class EntryConfig(AppConfig):
    name = "fengsui.web.entry"
    label = "web_entry"
