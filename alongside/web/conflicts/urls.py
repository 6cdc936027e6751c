from django.urls import path

from alongside.web.conflicts import apart, views

app_name = "conflicts"
urlpatterns = [
    path("access", views.hub, name="hub"),
    path("conflicts", views.register, name="register"),
    path("conflicts/declare", views.declare, name="declare"),
    path("conflicts/colleague", views.colleague, name="colleague"),
    path("conflicts/suspect", views.suspect, name="suspect"),
    path("conflicts/my-details", views.my_details, name="my_details"),
    path("conflicts/apart", apart.register, name="apart"),
    path("conflicts/apart/<uuid:pair_id>/lift", apart.lift, name="lift_apart"),
    path("cases/<uuid:case_id>/suspect", apart.note, name="note_suspect"),
    path("conflicts/<uuid:conflict_id>/lift", views.lift, name="lift"),
]
