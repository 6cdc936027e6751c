from django.urls import path

from alongside.web.conflicts import views

app_name = "conflicts"
urlpatterns = [
    path("access", views.hub, name="hub"),
    path("conflicts", views.register, name="register"),
    path("conflicts/declare", views.declare, name="declare"),
    path("conflicts/colleague", views.colleague, name="colleague"),
    path("conflicts/suspect", views.suspect, name="suspect"),
    path("conflicts/my-details", views.my_details, name="my_details"),
    path("conflicts/<uuid:conflict_id>/lift", views.lift, name="lift"),
]
