"""Every address of the house."""

from django.urls import include, path

urlpatterns = [
    path("", include("fengsui.web.portal.urls")),
    path("", include("fengsui.web.entry.urls")),
    path("", include("fengsui.web.live.urls")),
    path("", include("fengsui.web.hooks.urls")),
    path("", include("fengsui.web.health.urls")),
    path("ui/", include("fengsui.web.ui.urls")),
    path("api/v1/", include("fengsui.api.urls")),
    path("desk/", include("fengsui.web.people.urls")),
    path("desk/", include("fengsui.web.desk.urls")),
    path("field/", include("fengsui.web.field.urls")),
]
