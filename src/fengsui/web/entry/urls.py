from django.urls import path

from fengsui.web.entry import account, gates, start, views
from fengsui.web.ui.views import language

app_name = "entry"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("post", views.choose_post, name="post"),
    path("start/<str:secret>", start.start, name="start"),
    path("start-phone", start.start_phone, name="start-phone"),
    path("pin", start.pin, name="pin"),
    path("password", gates.password, name="password"),
    path("second-factor", gates.code, name="code"),
    path("second-factor/enrol", gates.enrol_second_factor, name="enrol"),
    path("account", account.account, name="account"),
    path("account/end", account.end, name="end"),
    path("account/phones/<uuid:phone_id>/lost", account.lose_phone, name="lose-phone"),
    path("language", language, name="language"),
]
