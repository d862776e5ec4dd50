from django.urls import path

from fengsui.web.desk import (
    act,
    audit,
    brigade,
    calendar,
    find,
    generic,
    numbers,
    regions,
    views,
)

# Pages made for one type stand first; every other type's pages are drawn from its declaration.
app_name = "desk"
urlpatterns = [
    path("", views.worklist, name="worklist"),
    path("brigade", brigade.board, name="brigade"),
    path("find", find.find, name="find"),
    path("ledger/", audit.ledger, name="ledger"),
    path("regions/", regions.regions, name="regions"),
    path("documents/numbers", numbers.numbers, name="numbers"),
    path("calendar-years/", calendar.years, name="calendar"),
    path("calendar-years/load", calendar.load, name="calendar-load"),
    path("premises/", views.premises_list, name="premises"),
    path("premises/<uuid:record_id>/", views.premises, name="premises-page"),
    path("inspections/", views.inspections_list, name="inspections"),
    path("inspections/<uuid:record_id>/", views.inspection, name="inspection"),
    path("inspections/<uuid:record_id>/items", act.items, name="items"),
    path("hazards/", views.hazards_list, name="hazards"),
    path("hazards/<uuid:record_id>/", views.hazard, name="hazard"),
    path("documents/<uuid:record_id>.pdf", views.document, name="document"),
    path("files/<uuid:file_id>", views.file, name="file"),
    path("new/<str:what>", act.create, name="create"),
    path("do/<str:what>/<uuid:record_id>", act.act, name="act"),
    path("<slug:plural>/", generic.record_list, name="list"),
    path("<slug:plural>/<uuid:record_id>/", generic.record_page, name="record"),
]
