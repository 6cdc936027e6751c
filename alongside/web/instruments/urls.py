from django.urls import path

from alongside.web.instruments import keeping, views

app_name = "instruments"
ONE = "instruments/<slug:instrument>/<int:number>"
urlpatterns = [
    path("instruments", views.every, name="list"),
    path("instruments/new", keeping.new, name="new"),
    path(ONE, views.show, name="instrument"),
    path(f"{ONE}/file", views.as_file, name="file"),
    path(f"{ONE}/try", views.try_out, name="try"),
    path(f"{ONE}/own", keeping.own, name="own"),
    path(f"{ONE}/edit", keeping.edit, name="edit"),
    path(f"{ONE}/publish", keeping.publish, name="publish"),
    path(f"{ONE}/retire", keeping.retire, name="retire"),
]
