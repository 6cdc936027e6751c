from django.urls import path

from alongside.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/acting-for", views.choose, name="choose"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("still-here", views.still_here, name="still_here"),
]
