from django.urls import path

from alongside.web.journey import views

app_name = "journey"
CASE = "cases/<uuid:case_id>/journey"

urlpatterns = [
    path(CASE, views.show, name="journey"),
    path(f"{CASE}/record", views.record, name="record"),
    path(f"{CASE}/record/<slug:event>", views.record_event, name="record_event"),
    path(f"{CASE}/<uuid:event_id>/correct", views.correct, name="correct"),
    path(f"{CASE}/<uuid:event_id>/take-back", views.take_back, name="take_back"),
    path(f"{CASE}/<uuid:event_id>/told", views.told, name="told"),
    path("messages-waiting", views.waiting, name="waiting"),
]
