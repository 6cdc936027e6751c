from django.urls import path

from alongside.web.reach import views

app_name = "reach"
urlpatterns = [
    path("owed/not-owed", views.not_owed, name="not_owed"),
    path("cases/<uuid:case_id>/reach", views.reach, name="reach"),
    path("cases/<uuid:case_id>/reach/<uuid:reach_id>", views.again, name="again"),
]
