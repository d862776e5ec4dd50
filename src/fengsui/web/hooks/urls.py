from django.urls import path

from fengsui.web.hooks import views

app_name = "hooks"
urlpatterns = [path("hooks/receipts/<str:secret>", views.receipts, name="receipts")]
