from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "fengsui.web.field"
    label = "web_field"
