from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "fengsui.web.desk"
    label = "web_desk"
