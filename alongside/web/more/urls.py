from django.urls import path

from alongside.web.more import views

app_name = "more"
urlpatterns = [path("more", views.more, name="more")]
