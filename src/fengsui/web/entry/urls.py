from django.urls import path

from fengsui.web.entry import views
from fengsui.web.ui.views import language

app_name = "entry"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("post", views.choose_post, name="post"),
    path("language", language, name="language"),
]
