from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fengsui.web.people"
    label = "web_people"
