from django.urls import path

from alongside.web.compartments import views

app_name = "compartments"
urlpatterns = [
    path("cases/<uuid:case_id>/walls", views.set_walls, name="set"),
    path("walls", views.counts, name="counts"),
    path("clearances", views.clearances, name="clearances"),
    path("clearances/<uuid:clearance_id>/end", views.end, name="end"),
]
