from django.urls import path, register_converter
from django.urls.converters import StringConverter

from fengsui.web.desk import importing as tables
from fengsui.web.people import audit, importing, views


class TableKind(StringConverter):
    """A table of thousands, which is a job. It stands before the short ones, whose kind may be any word."""

    regex = "premises|grids|households"


register_converter(TableKind, "table")

app_name = "people"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<uuid:user_id>/", views.person, name="person"),
    path("people/<uuid:user_id>/issue", views.issue, name="issue"),
    path("people/<uuid:user_id>/end", views.end, name="end"),
    path("people/<uuid:user_id>/phones/<uuid:phone_id>/lost", views.lose_phone, name="lose-phone"),
    path("import/<table:kind>/", tables.import_table, name="import-table"),
    path("import/<table:kind>/template.xlsx", tables.download_template, name="table-template"),
    path("import/<str:kind>/", importing.import_table, name="import"),
    path("import/<str:kind>/template.xlsx", importing.download_template, name="template"),
    path("access/", audit.access, name="access"),
    path("sign-ins/", audit.sign_ins, name="sign-ins"),
]
