from django.urls import path

from alongside.web.telling import views

app_name = "telling"
CASE = "cases/<uuid:case_id>"
EVENT = f"{CASE}/tell/<uuid:event_id>"

urlpatterns = [
    path("tell", views.show_list, name="list"),
    path(f"{CASE}/tell", views.show_case, name="case"),
    path(EVENT, views.update, name="update"),
    path(f"{EVENT}/letter", views.letter, name="letter"),
    path(f"{EVENT}/not-told", views.drop, name="drop"),
    path(
        f"{CASE}/updates/<uuid:update_id>/take-back", views.take_back, name="take_back"
    ),
]
