from django.urls import path

from fengsui.web.desk import act, faults, jobs, notices, views

app_name = "desk"
urlpatterns = [
    path("", views.worklist, name="worklist"),
    path("premises/", views.premises_list, name="premises"),
    path("premises/<uuid:record_id>/", views.premises, name="premises-page"),
    path("inspections/", views.inspections_list, name="inspections"),
    path("inspections/<uuid:record_id>/", views.inspection, name="inspection"),
    path("inspections/<uuid:record_id>/items", act.items, name="items"),
    path("hazards/", views.hazards_list, name="hazards"),
    path("hazards/<uuid:record_id>/", views.hazard, name="hazard"),
    path("documents/<uuid:record_id>.pdf", views.document, name="document"),
    path("files/<uuid:file_id>", views.file, name="file"),
    path("notices/", notices.notices, name="notices"),
    path("notices/seen", notices.seen, name="notices-seen"),
    path("notices/counts", notices.counts, name="counts"),
    path("notices/channels", notices.wishes, name="wishes"),
    path("notices/<int:number>/", notices.opened, name="notice"),
    path("faults/<uuid:record_id>/", faults.fault, name="fault"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/start", jobs.begin, name="job-start"),
    path("jobs/<uuid:record_id>/", jobs.job, name="job"),
    path("jobs/<uuid:record_id>/result", jobs.result, name="job-result"),
    path("new/<str:what>", act.create, name="create"),
    path("do/<str:what>/<uuid:record_id>", act.act, name="act"),
]
