from django.urls import path

from fengsui.web.portal import claims, premises, proofs, rulebook, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("d/", views.look_up, name="look-up"),
    path("d/<str:code>", views.paper, name="paper"),
    path("p/<str:code>", premises.premises, name="premises"),
    path("p/<str:code>/claim", claims.claim, name="claim"),
    path("law/<path:citation>", rulebook.statute, name="law"),
    path("rules/", rulebook.rule_list, name="rules"),
    path("rules/calendar", rulebook.working_days, name="calendar"),
    path("rules/<str:rule_id>", rulebook.rule, name="rule"),
    path("transparency", proofs.transparency, name="transparency"),
    path("transparency/heads", proofs.heads, name="heads"),
    path("transparency/consistency", proofs.consistency, name="consistency"),
    path("transparency/proof/<uuid:entry>", proofs.inclusion, name="inclusion"),
    path("transparency/proof/<uuid:entry>.json", proofs.inclusion_data, name="inclusion-data"),
]
