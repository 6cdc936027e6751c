from django.urls import path

from alongside.web.closed_days import views

app_name = "closed_days"
urlpatterns = [
    path("closed-days", views.listed, name="list"),
    path("closed-days/add", views.add, name="add"),
    path("closed-days/<uuid:day_id>/withdraw", views.withdraw, name="withdraw"),
]
