from django.urls import path

from fengsui.web.live import views

app_name = "live"
urlpatterns = [path("live", views.live, name="live")]
