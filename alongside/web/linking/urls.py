from django.urls import path

from alongside.web.linking import joining, views

app_name = "linking"
urlpatterns = [
    path("same-person", views.tasks, name="tasks"),
    path("same-person/next", views.following, name="next"),
    path("same-person/quality", views.quality, name="quality"),
    path("same-person/<uuid:review_id>", views.desk, name="desk"),
    path("same-person/<uuid:review_id>/ask", views.ask, name="ask"),
    path("same-person/<uuid:review_id>/keys", views.switch_keys, name="keys"),
    path("same-person/<uuid:review_id>/undo", views.undo, name="undo"),
    path("people/<uuid:person_id>/joined", joining.joined, name="joined"),
    path("people/<uuid:person_id>/join/<uuid:other_id>", joining.join, name="join"),
    path("joined/<uuid:merge_id>/part", joining.part, name="part"),
]
