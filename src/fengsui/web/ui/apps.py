from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "fengsui.web.ui"
    label = "web_ui"
