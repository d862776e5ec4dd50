from django.urls import path

from fengsui.web.field import views

app_name = "field"
urlpatterns = [
    path("", views.worklist, name="worklist"),
    path("words.js", views.words, name="words"),
    path("unsent", views.unsent, name="unsent"),
    path("premises/", views.finder, name="finder"),
    path("premises/new", views.premises_new, name="premises-new"),
    path("premises/<uuid:record_id>/", views.premises, name="premises"),
    path("inspections/<uuid:record_id>/", views.inspection, name="inspection"),
    path("hazards/<uuid:record_id>/", views.hazard, name="hazard"),
    path("do/<str:what>/<uuid:record_id>", views.act, name="act"),
]
