from django.urls import path

from alongside.web.notices import views

app_name = "notices"
urlpatterns = [
    path("notices", views.show, name="list"),
    path("notices/read", views.mark_read, name="read"),
]
