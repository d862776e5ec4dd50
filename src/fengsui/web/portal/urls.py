from django.urls import path

from fengsui.web.portal import proofs, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("d/<str:code>", views.paper, name="paper"),
    path("law/<path:citation>", views.statute, name="law"),
    path("rules/", views.rule_list, name="rules"),
    path("rules/<str:rule_id>", views.rule, name="rule"),
    path("transparency", proofs.transparency, name="transparency"),
    path("transparency/heads", proofs.heads, name="heads"),
    path("transparency/consistency", proofs.consistency, name="consistency"),
    path("transparency/proof/<uuid:entry>", proofs.inclusion, name="inclusion"),
    path("transparency/proof/<uuid:entry>.json", proofs.inclusion_data, name="inclusion-data"),
]
