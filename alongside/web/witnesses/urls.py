from django.urls import path

from alongside.web.witnesses import views

app_name = "witnesses"
urlpatterns = [
    path("witnesses", views.witnesses, name="list"),
    path("witnesses/file", views.export, name="export"),
]
