from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "fengsui.web.portal"
    label = "web_portal"
