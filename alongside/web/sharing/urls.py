from django.urls import path

from alongside.web.sharing import register, views

app_name = "sharing"
urlpatterns = [
    path("cases/<uuid:case_id>/sharing", views.show, name="case"),
    path("cases/<uuid:case_id>/sharing/said", views.record, name="record"),
    path(
        "cases/<uuid:case_id>/sharing/said/<uuid:entry_id>/withdraw",
        views.withdraw,
        name="withdraw",
    ),
    path("cases/<uuid:case_id>/sharing/share", views.share, name="share"),
    path("cases/<uuid:case_id>/sharing/refer", views.refer, name="refer"),
    path("cases/<uuid:case_id>/sharing/<uuid:share_id>/stop", views.stop, name="stop"),
    path(
        "cases/<uuid:case_id>/sharing/<uuid:share_id>/message",
        views.message,
        name="message",
    ),
    path("shares", register.shares, name="register"),
]
