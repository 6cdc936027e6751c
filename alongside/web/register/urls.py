from django.urls import path

from alongside.web.register import views

app_name = "register"
urlpatterns = [
    path("people/add", views.add, name="add"),
    path("people/add/likely", views.likely, name="likely"),
    path("people/added/<uuid:case_id>", views.added, name="added"),
]
