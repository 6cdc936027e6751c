from django.urls import path

from alongside.web.journey import views, waiting_views

app_name = "journey"
CASE = "cases/<uuid:case_id>/journey"
WAITS = "messages-waiting/<uuid:message_id>"

urlpatterns = [
    path(CASE, views.show, name="journey"),
    path(f"{CASE}/record", views.record, name="record"),
    path(f"{CASE}/record/<slug:event>", views.record_event, name="record_event"),
    path(f"{CASE}/<uuid:event_id>/correct", views.correct, name="correct"),
    path(f"{CASE}/<uuid:event_id>/take-back", views.take_back, name="take_back"),
    path(f"{CASE}/<uuid:event_id>/told", views.told, name="told"),
    path(f"{CASE}/told/<int:telling_id>/take-back", views.untold, name="untold"),
    path("messages-waiting", waiting_views.waiting, name="waiting"),
    path(f"{WAITS}", waiting_views.show, name="waiting_one"),
    path(f"{WAITS}/look", waiting_views.look, name="waiting_look"),
    path(f"{WAITS}/erase", waiting_views.erase, name="waiting_erase"),
    path(f"{WAITS}/apply/<uuid:case_id>", waiting_views.apply_to, name="waiting_apply"),
]
