from django.urls import path

from fengsui.web.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("d/<str:code>", views.paper, name="paper"),
    path("law/<path:citation>", views.statute, name="law"),
    path("rules/", views.rule_list, name="rules"),
    path("rules/<str:rule_id>", views.rule, name="rule"),
    path("transparency", views.transparency, name="transparency"),
]
