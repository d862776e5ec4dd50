from django.urls import path

from fengsui.web.ui import views

app_name = "ui"
urlpatterns = [path("text-size", views.text_size, name="text-size")]
