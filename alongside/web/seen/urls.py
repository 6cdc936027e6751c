from django.urls import path

from alongside.web.seen import reasons, views

app_name = "seen"
urlpatterns = [
    path("people/<uuid:person_id>/seen", views.person, name="person"),
    path("people/<uuid:person_id>/why", reasons.ask, name="why"),
    path("looking", views.unusual, name="unusual"),
]
