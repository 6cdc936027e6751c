from django.urls import path

from alongside.web.vault import views

app_name = "vault"
urlpatterns = [
    path("people/<uuid:person_id>/protected", views.show, name="list"),
    path("people/<uuid:person_id>/protected/add", views.add, name="add"),
    path(
        "people/<uuid:person_id>/protected/<uuid:detail_id>/open",
        views.open_one,
        name="open",
    ),
    path(
        "people/<uuid:person_id>/protected/<uuid:detail_id>/replace",
        views.replace,
        name="replace",
    ),
    path(
        "people/<uuid:person_id>/protected/<uuid:detail_id>/end", views.end, name="end"
    ),
]
